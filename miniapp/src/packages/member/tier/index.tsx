import { useQuery } from '@tanstack/react-query'
import { Text, View } from '@tarojs/components'
import type { ResponseOf } from '#shared/contracts/index'
import { Glyph } from '../../../components/glyph/glyph'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { Section } from '../../../components/section/section'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { accountText } from '../../../platform/account-text'
import { formatBusinessDate, formatPoints } from '../../../platform/format'
import { api } from '../../../platform/request'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import './tier.scss'

const words = accountText.tier

type Standing = ResponseOf<'GET /api/member/tier'>
type Step = Standing['tiers'][number]

const useTier = () =>
  useQuery({ queryKey: ['member', 'tier'], queryFn: () => api('GET /api/member/tier'), staleTime: 0 })

/** How far it is from the tier below to the next one, in percent. */
function progressOf({ growth, next, tiers }: Standing): number {
  const target = tiers.find(({ tier }) => tier === next?.tier)?.threshold ?? 0
  return target === 0 ? 100 : Math.min(100, Math.floor((growth * 100) / target))
}

function StandingCard({ page }: { page: Standing }) {
  const { tier, growth, next, nextFalloff } = page
  return (
    <View className="tier-card">
      <View className="tier-card__head">
        <Text className="tier-card__name" id="tier-name">
          {text.tiers[tier]}
        </Text>
        <Glyph name="star" size={28} tone="gold" />
      </View>
      <View className="tier-card__growth">
        <Text className="tier-card__number" id="growth">
          {formatPoints(growth)}
        </Text>
        <Text className="tier-card__unit">{words.growth}</Text>
      </View>
      <View className="tier-bar" role="img" aria-label={words.progress(progressOf(page))}>
        <View className="tier-bar__fill" style={{ width: `${progressOf(page)}%` }} />
      </View>
      <Text className="tier-card__line">
        {next ? words.missing(formatPoints(next.missing), text.tiers[next.tier]) : words.highest}
      </Text>
      {nextFalloff ? (
        <Text className="tier-card__falloff">
          {words.falloff(formatBusinessDate(nextFalloff.date), formatPoints(nextFalloff.value))}
        </Text>
      ) : null}
      <Held page={page} />
    </View>
  )
}

/** Why the tier is kept though growth alone would not give it. */
function Held({ page: { tier, tiers, growth, keptUntil, floor, lent } }: { page: Standing }) {
  const threshold = tiers.find((step) => step.tier === tier)?.threshold ?? 0
  if (lent?.tier === tier && floor?.tier !== tier && growth < threshold)
    return (
      <View className="tier-held" id="tier-lent">
        <Glyph name="calendar" size={18} tone="gold" />
        <Text className="tier-held__words">{words.lentUntil(formatBusinessDate(lent.until))}</Text>
      </View>
    )
  if (keptUntil)
    return (
      <View className="tier-held" id="tier-at-risk">
        <Glyph name="clock" size={18} tone="gold" />
        <Text className="tier-held__words">
          {words.atRisk(
            formatBusinessDate(keptUntil),
            formatPoints(Math.max(0, threshold - growth)),
            text.tiers[tier],
          )}
        </Text>
      </View>
    )
  if (floor?.tier !== tier || growth >= threshold) return null
  return (
    <View className="tier-held">
      <Glyph name="heart" size={18} tone="gold" />
      <Text className="tier-held__words">
        {floor.until ? words.floorUntil(formatBusinessDate(floor.until)) : words.floor}
      </Text>
    </View>
  )
}

/** What a tier gives today; nothing that is not there. */
function benefitsOf({
  pointsPercent,
  pricedGifts,
  exclusiveGifts,
  rewardPoints,
  isRewarded,
}: Step): string[] {
  return [
    pointsPercent > 100 ? words.multiple(String(pointsPercent / 100)) : words.plain,
    ...(exclusiveGifts > 0 ? [words.exclusive(exclusiveGifts)] : []),
    ...(pricedGifts > 0 ? [words.priced(pricedGifts)] : []),
    ...(rewardPoints > 0 ? [words.reward(formatPoints(rewardPoints), isRewarded)] : []),
  ]
}

function Ladder({ page }: { page: Standing }) {
  return (
    <View className="tier-list" id="tier-ladder">
      {page.tiers.map((step) => {
        const isMine = step.tier === page.tier
        return (
          <View className={`tier-step ${isMine ? 'tier-step--mine' : ''}`} key={step.tier}>
            <View className="tier-step__head">
              <Text className="tier-step__name">{text.tiers[step.tier]}</Text>
              {isMine ? <Text className="tier-step__mine">{words.mine}</Text> : null}
              <Text className="tier-step__threshold">{words.threshold(formatPoints(step.threshold))}</Text>
            </View>
            {benefitsOf(step).map((benefit) => (
              <View className="tier-step__benefit" key={benefit}>
                <Glyph name="check" size={14} tone={isMine ? 'gold' : 'ink3'} />
                <Text className="tier-step__words">{benefit}</Text>
              </View>
            ))}
          </View>
        )
      })}
    </View>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <View className="tier-row">
      <Text className="tier-row__name">{name}</Text>
      <Text className="tier-row__value">{value}</Text>
    </View>
  )
}

function Earning({ earning: { perYuan, perCheckIn } }: Standing) {
  return (
    <View className="tier-list">
      {perYuan > 0 ? <Row name={words.perYuan} value={`+${perYuan}`} /> : null}
      {perCheckIn > 0 ? <Row name={words.perCheckIn} value={`+${perCheckIn}`} /> : null}
      <Text className="tier-list__note">{words.rule}</Text>
    </View>
  )
}

function Recent({ recent }: Standing) {
  return (
    <View className="tier-list">
      {recent.length === 0 ? <Text className="tier-list__note">{words.noGrowth}</Text> : null}
      {recent.map(({ date, value }) => (
        <Row key={date} name={formatBusinessDate(date)} value={`+${formatPoints(value)}`} />
      ))}
    </View>
  )
}

const skeleton = (
  <View className="tier-skeleton">
    <Skeleton width="100%" height={188} radius={16} />
    <Skeleton width={96} height={24} />
    <Skeleton width="100%" height={460} radius={16} />
  </View>
)

function Tier() {
  const query = useTier()
  return (
    <QueryView query={query} skeleton={skeleton}>
      {(page) => (
        <>
          <StandingCard page={page} />
          <Section title={words.ladder}>
            <Ladder page={page} />
          </Section>
          <Section title={words.earning}>
            <Earning {...page} />
          </Section>
          <Section title={words.recent}>
            <Recent {...page} />
          </Section>
        </>
      )}
    </QueryView>
  )
}

export default function TierPage() {
  const isSignedIn = useIsSignedIn()
  return <Page title={words.title}>{isSignedIn ? <Tier /> : <SignInInvitation title={words.signIn} />}</Page>
}
