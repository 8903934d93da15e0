import { Text, View } from '@tarojs/components'
import { Illustration } from '../../../components/illustration/illustration'
import { QueryView } from '../../../components/query-view/query-view'
import { useRedemptions } from '../../../features/staff/staff.queries'
import { deskText } from '../../../platform/desk-text'
import { formatClock } from '../../../platform/format'
import { text } from '../../../platform/text'
import './redemption-list.scss'

const words = deskText

/** What this store handed over today. */
export function RedemptionList() {
  const redemptions = useRedemptions()
  return (
    <View className="handed" id="handed-over">
      <Text className="handed__title">{words.today}</Text>
      <QueryView
        query={redemptions}
        skeleton={<View className="handed__skeleton" />}
        isEmpty={(data) => data.pages[0]?.items.length === 0}
        empty={
          <View className="handed__empty">
            <Illustration name="nothing-handed-over" width={140} />
            <Text>{words.todayEmpty}</Text>
          </View>
        }
      >
        {(data) => (
          <View>
            {data.pages
              .flatMap((page) => page.items)
              .map(({ order, member, staffName }) => (
                <View className="handed__row" key={order.id}>
                  <View className="handed__words">
                    <Text className="handed__name">
                      {order.items.map(({ name }) => name).join(text.common.list)}
                    </Text>
                    <Text className="handed__line">
                      {[order.redeemedAt ? formatClock(order.redeemedAt) : null, member.masked, staffName]
                        .filter(Boolean)
                        .join(text.common.joiner)}
                    </Text>
                  </View>
                  <Text className="handed__state">{words.state}</Text>
                </View>
              ))}
          </View>
        )}
      </QueryView>
    </View>
  )
}
