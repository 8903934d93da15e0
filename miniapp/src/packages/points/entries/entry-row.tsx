import { Text, View } from '@tarojs/components'
import { memo } from 'react'
import { Pressable } from '../../../components/pressable/pressable'
import type { PointsEntry } from '../../../features/points/points.queries'
import { formatBusinessDate, formatInstant, formatPoints, formatSignedPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

const words = text.points

/** When the points expire comes first: a long rule may end in an ellipsis, a date may not. */
function originOf({ expiresOn, rules }: PointsEntry): string {
  const expiry = expiresOn ? words.expiresOn(formatBusinessDate(expiresOn)) : null
  return [expiry, rules.length > 0 ? words.rules(rules.map(({ title }) => title)) : null]
    .filter(Boolean)
    .join(text.common.joiner)
}

/**
 * One change: what happened and when, which rule made it, when the points expire. One of an order opens it. Rows that are
 * there do not render again when a page is added.
 */
export const EntryRow = memo(function EntryRow({ entry }: { entry: PointsEntry }) {
  const { orderId } = entry
  const line = [formatInstant(entry.occurredAt), entry.detail].filter(Boolean).join(text.common.joiner)
  const origin = originOf(entry)
  const content = (
    <>
      <View className="entry__words">
        <Text className="entry__title">{entry.title}</Text>
        <Text className="entry__line">{line}</Text>
        {origin ? <Text className="entry__line">{origin}</Text> : null}
      </View>
      <View className="entry__numbers">
        <Text className={entry.change > 0 ? 'entry__change entry__change--gain' : 'entry__change'}>
          {formatSignedPoints(entry.change)}
        </Text>
        <Text className="entry__after">{words.after(formatPoints(entry.availableAfter))}</Text>
      </View>
    </>
  )
  return orderId ? (
    <Pressable className="entry" id={`entry-${entry.id}`} onPress={() => go.order(orderId)}>
      {content}
    </Pressable>
  ) : (
    <View className="entry" id={`entry-${entry.id}`}>
      {content}
    </View>
  )
})
