import { Text, View } from '@tarojs/components'
import { Button } from '../button/button'
import { Illustration } from '../illustration/illustration'
import type { IllustrationName } from '../illustration/illustrations'
import './empty-state.scss'

export interface EmptyStateProps {
  picture: IllustrationName
  title: string
  line?: string
  action?: string
  actionId?: string
  onAction?: () => void
}

/** Nothing here yet: a picture, a line, and the one thing to do about it. */
export function EmptyState({ picture, title, line, action, actionId, onAction }: EmptyStateProps) {
  return (
    <View className="empty-state">
      <Illustration name={picture} width={200} />
      <Text className="empty-state__title">{title}</Text>
      {line ? <Text className="empty-state__line">{line}</Text> : null}
      {action && onAction ? (
        <Button id={actionId} className="empty-state__action" size="medium" kind="soft" onPress={onAction}>
          {action}
        </Button>
      ) : null}
    </View>
  )
}
