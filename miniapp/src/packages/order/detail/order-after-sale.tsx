import { View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { useAfterSaleOptions } from '../../../features/after-sales/after-sale.queries'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

const words = text.afterSale

/** The way to ask for something after the order, and to what was asked last; nothing where neither is possible. */
export function OrderAfterSale({ orderId }: { orderId: string }) {
  const { data } = useAfterSaleOptions(orderId)
  const latest = data?.latest
  const canAsk = data?.options.some(({ isAllowed }) => isAllowed) ?? false
  if (!latest && !canAsk) return null
  return (
    <View className="order-actions">
      {latest ? (
        <Button id="see-after-sale" kind="soft" onPress={() => go.afterSale(latest.id)}>
          {words.see(words.states[latest.state].name)}
        </Button>
      ) : null}
      {canAsk ? (
        <Button id="ask-after-sale" kind="plain" onPress={() => go.askAfterSale(orderId)}>
          {words.action}
        </Button>
      ) : null}
    </View>
  )
}
