import { Text, View } from '@tarojs/components'
import { Button } from '../button/button'
import { Sheet } from '../sheet/sheet'
import './confirm-sheet.scss'

export interface ConfirmSheetProps {
  isOpen: boolean
  question: string
  line?: string
  action: string
  refusal: string
  onConfirm: () => void
  onClose: () => void
  isDanger?: boolean
  isBusy?: boolean
}

/** Asks before something that cannot be taken back. */
export function ConfirmSheet(props: ConfirmSheetProps) {
  const {
    isOpen,
    question,
    line,
    action,
    refusal,
    onConfirm,
    onClose,
    isDanger = false,
    isBusy = false,
  } = props
  return (
    <Sheet isOpen={isOpen} onClose={onClose} id="confirm-sheet">
      <View className="confirm-sheet">
        <Text className="confirm-sheet__question">{question}</Text>
        {line ? <Text className="confirm-sheet__line">{line}</Text> : null}
        <View className="confirm-sheet__actions">
          <Button id="confirm-no" kind="plain" onPress={onClose}>
            {refusal}
          </Button>
          <Button id="confirm-yes" kind={isDanger ? 'danger' : 'primary'} busy={isBusy} onPress={onConfirm}>
            {action}
          </Button>
        </View>
      </View>
    </Sheet>
  )
}
