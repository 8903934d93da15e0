import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { Glyph } from '../../../components/glyph/glyph'
import { Notice } from '../../../components/notice/notice'
import { type GiftCode, useGiftCodes } from '../../../features/orders/gift-codes'
import type { OrderDetail } from '../../../features/orders/order.queries'
import { messageOf } from '../../../platform/api-error'
import { formatBusinessDate } from '../../../platform/format'
import { text } from '../../../platform/text'
import { Copied } from './copied'
import './gift-codes.scss'

const words = text.giftCodes

function Line({ name, value, id, label }: { name: string; value: string; id: string; label: string }) {
  return (
    <View className="gift-code__row">
      <Text className="gift-code__label">{name}</Text>
      <Copied className="gift-code__value" id={id} label={label} value={value} />
    </View>
  )
}

/** One card: its number, and its password and date where it has them. */
function Card({ card, index }: { card: GiftCode; index: number }) {
  return (
    <View className="gift-code">
      <Text className="gift-code__name">
        {card.isReplacement ? `${card.giftName}${words.replacement}` : card.giftName}
      </Text>
      <Line
        name={card.password === null ? words.code : words.cardNumber}
        value={card.code}
        id={`gift-code-${index}`}
        label={words.copyCode}
      />
      {card.password === null ? null : (
        <Line
          name={words.password}
          value={card.password}
          id={`gift-password-${index}`}
          label={words.copyPassword}
        />
      )}
      {card.expiresOn === null ? null : (
        <Text className="gift-code__date">{words.validUntil(formatBusinessDate(card.expiresOn))}</Text>
      )}
    </View>
  )
}

/** The codes of a virtual order: covered until the member taps, so that nobody reads them over his shoulder. */
export function GiftCodes({ order }: { order: OrderDetail }) {
  const { codes, isPending, error, show, hide } = useGiftCodes(order.id)
  if (order.handOver !== 'virtual' || (order.state !== 'issued' && order.state !== 'completed')) return null
  return (
    <View className="order-block" id="gift-codes">
      <View className="gift-codes__head">
        <Glyph name="ticket" size={22} tone="accent" />
        <Text className="gift-codes__title">{words.title}</Text>
      </View>
      {codes ? (
        codes.map((card, index) => <Card key={`${card.giftId}-${card.code}`} card={card} index={index} />)
      ) : (
        <Text className="gift-codes__cover" aria-hidden>
          {words.cover}
        </Text>
      )}
      {error ? <Notice id="gift-codes-error">{messageOf(error)}</Notice> : null}
      <Text className="gift-codes__hint">{codes ? words.shownHint : words.coverHint}</Text>
      <Button
        id={codes ? 'hide-gift-codes' : 'show-gift-codes'}
        kind={codes ? 'plain' : 'primary'}
        size="medium"
        busy={isPending}
        onPress={codes ? hide : show}
      >
        {codes ? words.hide : words.show}
      </Button>
    </View>
  )
}
