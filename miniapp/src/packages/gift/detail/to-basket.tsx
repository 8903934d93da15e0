import { Button } from '../../../components/button/button'
import { showToast } from '../../../components/toast/toast'
import { BasketFullError, useAddToBasket } from '../../../features/basket/basket.queries'
import { messageOf } from '../../../platform/api-error'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

interface ToBasketProps {
  giftId: string
  skuId: string | null
  isSoldOut: boolean
}

/** Puts a piece into the basket, then leads to it; what cannot be had now is said there, and may be had later. */
export function ToBasket({ giftId, skuId, isSoldOut }: ToBasketProps) {
  const adding = useAddToBasket()
  const add = () =>
    adding.mutate(
      { giftId, skuId },
      {
        onSuccess: () => showToast(text.gift.inBasket),
        onError: (error) => showToast(error instanceof BasketFullError ? text.basket.full : messageOf(error)),
      },
    )
  const { variables } = adding
  if (adding.isSuccess && variables?.giftId === giftId && variables.skuId === skuId) {
    return (
      <Button id="open-basket" kind="soft" onPress={go.basket}>
        {text.gift.openBasket}
      </Button>
    )
  }
  return (
    <Button id="to-basket" kind="soft" disabled={isSoldOut} busy={adding.isPending} onPress={add}>
      {text.gift.toBasket}
    </Button>
  )
}
