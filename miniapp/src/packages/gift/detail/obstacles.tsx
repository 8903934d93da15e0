import { Text, View } from '@tarojs/components'
import { Glyph } from '../../../components/glyph/glyph'
import type { IconName } from '../../../components/icon/icons'
import { Pressable } from '../../../components/pressable/pressable'
import type { GiftDetail } from '../../../features/gifts/gift.queries'
import { formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'
import './obstacles.scss'

type Obstacle = NonNullable<GiftDetail['eligibility']>['obstacles'][number]

const words = text.gift

/** A picture for the reasons that have one of their own. */
const icons: Record<string, IconName> = {
  tier: 'star',
  phone: 'phone',
  per_day: 'clock',
  daily_quota: 'clock',
  'points.in_debt': 'points',
  'gift.sold_out': 'gift',
  adult: 'user',
}

/** Missing points as the way that is behind and what lies ahead. */
function MissingPoints({ obstacle, price }: { obstacle: Obstacle; price: number }) {
  const missing = Number(obstacle.details.missing ?? 0)
  const available = Math.max(0, price - missing)
  const share = price > 0 ? available / price : 0
  return (
    <View className="obstacle obstacle--points">
      <View className="obstacle__line">
        <Text className="obstacle__title">{words.missing(formatPoints(missing))}</Text>
        {obstacle.help ? <Text className="obstacle__help">{obstacle.help}</Text> : null}
      </View>
      <View className="obstacle__rail">
        <View className="obstacle__bar" style={{ width: `${Math.max(2, Math.floor(share * 100))}%` }} />
      </View>
      <View className="obstacle__line">
        <Text className="obstacle__help">
          {words.pointsProgress(formatPoints(available), formatPoints(price))}
        </Text>
        <Pressable className="obstacle__action" id="earn-more" onPress={go.home}>
          <Text>{words.earnMore}</Text>
          <Glyph name="chevron-right" size={14} tone="accent" />
        </Pressable>
      </View>
    </View>
  )
}

/** Why it cannot be redeemed yet, every reason, and what to do about each. */
export function Obstacles({ gift }: { gift: GiftDetail }) {
  const obstacles = gift.eligibility?.obstacles ?? []
  if (obstacles.length === 0) return null
  return (
    <View className="obstacles" id="obstacles">
      <Text className="obstacles__title">{words.obstacles}</Text>
      {obstacles.map((obstacle) =>
        obstacle.code === 'points.insufficient' ? (
          <MissingPoints key={obstacle.code} obstacle={obstacle} price={gift.pricePoints} />
        ) : (
          <View className="obstacle" key={obstacle.code}>
            <Glyph name={icons[obstacle.code] ?? 'info'} size={18} tone="ink2" />
            <View className="obstacle__words">
              <Text className="obstacle__title">{obstacle.message}</Text>
              {obstacle.help ? <Text className="obstacle__help">{obstacle.help}</Text> : null}
            </View>
          </View>
        ),
      )}
    </View>
  )
}
