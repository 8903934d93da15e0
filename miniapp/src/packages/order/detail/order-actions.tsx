import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { showToast } from '../../../components/toast/toast'
import { type OrderDetail, useOrderChange } from '../../../features/orders/order.queries'
import { messageOf } from '../../../platform/api-error'
import { formatPoints } from '../../../platform/format'
import { text } from '../../../platform/text'

const words = text.order

/** Confirming receipt and cancelling, each asked once more. */
export function OrderActions({ order }: { order: OrderDetail }) {
  const [asking, setAsking] = useState<'cancel' | 'confirm' | null>(null)
  const cancel = useOrderChange(order.id, 'cancel')
  const confirm = useOrderChange(order.id, 'confirm')
  const close = () => setAsking(null)
  const run = (change: typeof cancel, done: string) =>
    change.mutate(undefined, {
      onSuccess: () => showToast(done),
      onError: (error) => showToast(messageOf(error)),
      onSettled: close,
    })
  if (!order.canCancel && !order.canConfirm && !asking) return null
  return (
    <View className="order-actions">
      {order.canConfirm ? (
        <Button id="confirm-order" onPress={() => setAsking('confirm')}>
          {words.confirm}
        </Button>
      ) : null}
      {order.canCancel ? (
        <Button id="cancel-order" kind="plain" onPress={() => setAsking('cancel')}>
          {words.cancel}
        </Button>
      ) : null}
      <ConfirmSheet
        isOpen={asking === 'cancel'}
        question={words.cancelQuestion}
        line={words.cancelLine(formatPoints(order.totalPoints))}
        action={words.cancel}
        refusal={words.keep}
        isDanger
        isBusy={cancel.isPending}
        onConfirm={() => run(cancel, words.cancelled)}
        onClose={close}
      />
      <ConfirmSheet
        isOpen={asking === 'confirm'}
        question={words.confirmQuestion}
        line={words.confirmLine}
        action={words.confirm}
        refusal={words.notYet}
        isBusy={confirm.isPending}
        onConfirm={() => run(confirm, words.confirmed)}
        onClose={close}
      />
    </View>
  )
}
