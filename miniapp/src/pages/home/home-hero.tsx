import { Text, View } from '@tarojs/components'
import { Button } from '../../components/button/button'
import { PointsNumber } from '../../components/points-number/points-number'
import { Pressable } from '../../components/pressable/pressable'
import { Skeleton } from '../../components/skeleton/skeleton'
import type { Me } from '../../features/members/member.queries'
import { TierBadge } from '../../features/members/tier-badge'
import type { PointsSummary } from '../../features/points/points.queries'
import { businessHour, formatBusinessDate, formatPoints } from '../../platform/format'
import { go } from '../../platform/navigation'
import { text } from '../../platform/text'

const words = text.home

/** The greeting for an hour of the business day. */
function greetingOf(hour: number): string {
  if (hour < 5) return words.greeting.night
  if (hour < 11) return words.greeting.morning
  if (hour < 13) return words.greeting.noon
  if (hour < 18) return words.greeting.afternoon
  return words.greeting.evening
}

interface MemberHeroProps {
  me: Me
  points: PointsSummary | undefined
}

/** Who it is, and what they have: the number is the largest thing on the screen. */
export function MemberHero({ me, points }: MemberHeroProps) {
  const soonest = points?.expiringSoon[0]
  const { available, frozen, debt } = points ?? me.points
  return (
    <View className="home-hero">
      <View className="home-hero__top">
        <Text className="home-hero__greeting" id="greeting">
          {words.greetingWithNick(greetingOf(businessHour()), me.member.nick)}
        </Text>
        <TierBadge tier={me.member.tier} />
      </View>
      <Pressable className="home-hero__points" id="points" onPress={go.pointsEntries}>
        <PointsNumber id="points-value" points={available} size="hero" countsUp />
      </Pressable>
      <View className="home-hero__small">
        {frozen > 0 ? <Text id="points-frozen">{words.frozen(formatPoints(frozen))}</Text> : null}
        {debt > 0 ? <Text className="home-hero__warn">{words.debt(formatPoints(debt))}</Text> : null}
        {soonest ? (
          <Text className="home-hero__warn">
            {words.expiring(formatPoints(soonest.points), formatBusinessDate(soonest.expiresOn))}
          </Text>
        ) : null}
      </View>
    </View>
  )
}

/** The hero before it is there. */
export function HeroSkeleton() {
  return (
    <View className="home-hero">
      <Skeleton width={128} height={20} />
      <Skeleton className="home-hero__skeleton" width={208} height={52} />
      <Skeleton className="home-hero__skeleton" width={160} height={16} />
    </View>
  )
}

/** What a visitor sees instead of points. */
export function GuestHero() {
  return (
    <View className="home-guest">
      <Text className="home-guest__brand">{text.brand}</Text>
      <Text className="home-guest__title">{words.guest.title}</Text>
      <Text className="home-guest__line">{words.guest.line}</Text>
      <Button id="sign-in" className="home-guest__action" onPress={go.signIn}>
        {words.guest.action}
      </Button>
    </View>
  )
}
