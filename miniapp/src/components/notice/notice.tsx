import { Text, View } from '@tarojs/components'
import './notice.scss'

/** What went wrong with what one just did, beside it; a screen reader says it at once. */
export function Notice({ children, id }: { children: string; id?: string }) {
  return (
    <View className="notice" id={id} role="alert">
      <Text>{children}</Text>
    </View>
  )
}
