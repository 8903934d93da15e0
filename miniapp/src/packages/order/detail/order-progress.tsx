import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Pressable } from '../../../components/pressable/pressable'
import { Timeline } from '../../../components/timeline/timeline'
import type { OrderDetail } from '../../../features/orders/order.queries'
import { formatInstant } from '../../../platform/format'
import { text } from '../../../platform/text'

const words = text.order

/** A parcel can have dozens of steps; the newest say where it is. */
const shownAtFirst = 5

/** What happened to the order and on the parcel's way, newest on top, whichever way round it arrives. */
export function OrderProgress({ order }: { order: OrderDetail }) {
  const [isWhole, setIsWhole] = useState(false)
  const steps = [...order.timeline]
    .sort((one, other) => other.at.localeCompare(one.at))
    .map(({ state, tracking, title, note, at }, index) => ({
      // A carrier may tell two steps of one instant.
      key: `${tracking ?? state}-${at}-${index}`,
      title,
      note,
      when: formatInstant(at),
    }))
  const isLong = steps.length > shownAtFirst + 1
  return (
    <View className="order-block">
      <Text className="order-block__title">{words.progress}</Text>
      <Timeline steps={isLong && !isWhole ? steps.slice(0, shownAtFirst) : steps} />
      {isLong ? (
        <Pressable className="order-more" id="whole-progress" onPress={() => setIsWhole(!isWhole)}>
          <Text>{isWhole ? words.lessProgress : words.wholeProgress(steps.length)}</Text>
        </Pressable>
      ) : null}
    </View>
  )
}
