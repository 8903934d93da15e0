import { Text } from '@tarojs/components'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import { showToast } from '../../../components/toast/toast'
import { copyText } from '../../../platform/device'
import { text } from '../../../platform/text'

async function copyAndTell(value: string): Promise<void> {
  showToast((await copyText(value)) ? text.common.copied : text.common.copyFailed)
}

interface CopiedProps {
  id: string
  label: string
  value: string
  className?: string
}

/** A value that is copied by tapping it. */
export function Copied({ id, label, value, className = '' }: CopiedProps) {
  return (
    <Pressable
      className={`order-copy ${className}`}
      id={id}
      label={`${label} ${value}`}
      onPress={() => void copyAndTell(value)}
    >
      <Text className="order-copy__value">{value}</Text>
      <Glyph name="copy" size={16} tone="ink3" />
    </Pressable>
  )
}
