import { Text, View } from '@tarojs/components'
import type { ResponseOf } from '#shared/contracts/index'
import { formatYuan } from '../../platform/format'
import { text } from '../../platform/text'
import { Picture } from '../picture/picture'
import { PointsNumber } from '../points-number/points-number'
import { Pressable } from '../pressable/pressable'
import { Skeleton } from '../skeleton/skeleton'
import './gift-card.scss'

export type GiftCardData = ResponseOf<'GET /api/member/gifts'>['items'][number]

export interface GiftCardProps {
  gift: GiftCardData
  onPress: () => void
  onPressStart?: () => void
}

const maxBadges = 2

/** At most two, the most pressing first. */
export function badgesOf(gift: GiftCardData): { label: string; isQuiet: boolean }[] {
  if (gift.isSoldOut) return []
  const badges: { label: string; isQuiet: boolean }[] = []
  if (gift.priceReason !== 'list') badges.push({ label: text.gift.prices[gift.priceReason], isQuiet: false })
  if (gift.isScarce) badges.push({ label: text.gift.scarce(gift.stock), isQuiet: false })
  if (gift.saleEndsAt) badges.push({ label: text.gift.limitedTime, isQuiet: false })
  if (gift.isNew) badges.push({ label: text.gift.isNew, isQuiet: true })
  if (gift.perMemberLimit !== null)
    badges.push({ label: text.gift.perMember(gift.perMemberLimit), isQuiet: true })
  return badges.slice(0, maxBadges)
}

/** A gift in the mall's two columns. */
export function GiftCard({ gift, onPress, onPressStart }: GiftCardProps) {
  return (
    <Pressable className="gift-card" id={`gift-${gift.id}`} onPress={onPress} onPressStart={onPressStart}>
      <View className="gift-card__frame">
        <Picture
          className="gift-card__picture"
          url={gift.thumbnailUrl ?? gift.pictureUrl}
          isFaded={gift.isSoldOut}
        />
        {gift.isSoldOut ? (
          <View className="gift-card__veil">
            <Text className="gift-card__sold-out">{text.mall.soldOut}</Text>
          </View>
        ) : null}
      </View>
      <View className="gift-card__words">
        <Text className={gift.isSoldOut ? 'gift-card__name gift-card__name--quiet' : 'gift-card__name'}>
          {gift.name}
        </Text>
        <View className="gift-card__badges">
          {badgesOf(gift).map(({ label, isQuiet }) => (
            <Text key={label} className={isQuiet ? 'badge badge--quiet' : 'badge'}>
              {label}
            </Text>
          ))}
        </View>
        <View className="gift-card__price">
          <PointsNumber
            points={gift.pricePoints}
            size="medium"
            tone={gift.isSoldOut ? 'quiet' : 'gold'}
            isFrom={gift.isPriceFrom}
          />
          {gift.marketPriceFen !== null ? (
            <Text className="gift-card__market">{formatYuan(gift.marketPriceFen)}</Text>
          ) : null}
        </View>
      </View>
    </Pressable>
  )
}

/** A gift in a row that scrolls sideways. */
export function GiftTile({ gift, onPress, onPressStart }: GiftCardProps) {
  return (
    <Pressable className="gift-tile" id={`tile-${gift.id}`} onPress={onPress} onPressStart={onPressStart}>
      <Picture
        className="gift-tile__picture"
        url={gift.thumbnailUrl ?? gift.pictureUrl}
        isFaded={gift.isSoldOut}
      />
      <Text className="gift-tile__name">{gift.name}</Text>
      <PointsNumber
        points={gift.pricePoints}
        size="small"
        tone={gift.isSoldOut ? 'quiet' : 'gold'}
        isFrom={gift.isPriceFrom}
      />
    </Pressable>
  )
}

/** Cards before they are there. */
export function GiftGridSkeleton({ count = 6 }: { count?: number }) {
  return (
    <View className="gift-grid">
      {Array.from({ length: count }, (_, index) => `gift-${index}`).map((key) => (
        <View className="gift-card" key={key}>
          <Skeleton className="gift-card__frame" width="100%" height={0} radius={0} />
          <View className="gift-card__words">
            <Skeleton width="86%" height={15} />
            <Skeleton className="gift-card__skeleton-line" width="52%" height={18} />
          </View>
        </View>
      ))}
    </View>
  )
}
