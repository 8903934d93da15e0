import { ScrollView, Text, View } from '@tarojs/components'
import { ErrorState } from '../../components/error-state/error-state'
import { GiftCard, GiftGridSkeleton, GiftTile } from '../../components/gift-card/gift-card'
import { Page } from '../../components/page/page'
import { Pressable } from '../../components/pressable/pressable'
import { QueryView } from '../../components/query-view/query-view'
import { Section } from '../../components/section/section'
import { Skeleton } from '../../components/skeleton/skeleton'
import { useCheckIns } from '../../features/check-ins/check-in.queries'
import { CheckInCard, CheckInSkeleton } from '../../features/check-ins/check-in-card'
import { useAffordableGifts, useHotGifts } from '../../features/gifts/gift.queries'
import { readGiftAhead, useGiftPageAhead, useGiftsSeen } from '../../features/gifts/gift-ahead'
import { showInMall } from '../../features/gifts/mall-filter'
import { useMe } from '../../features/members/member.queries'
import { usePoints } from '../../features/points/points.queries'
import { go } from '../../platform/navigation'
import { queryClient } from '../../platform/query-client'
import { useIsSignedIn } from '../../platform/session'
import { text } from '../../platform/text'
import { Banner } from './banner'
import { GuestHero, HeroSkeleton, MemberHero } from './home-hero'
import { RainBanner } from './rain-banner'
import { Waiting } from './waiting'
import './home.scss'

const words = text.home

/** The mall, on one of its lists. */
function openMall(filter: Parameters<typeof showInMall>[0]): void {
  showInMall(filter)
  go.mall()
}

/** One failure is told once: trying again reads everything that is on the page. */
const readAgain = () => void queryClient.refetchQueries({ type: 'active' })

function MemberPart() {
  const me = useMe()
  const points = usePoints()
  const checkIns = useCheckIns()
  if (!me.data) {
    return me.isPending ? (
      <>
        <HeroSkeleton />
        <CheckInSkeleton />
      </>
    ) : (
      <ErrorState error={me.error} onRetry={readAgain} />
    )
  }
  return (
    <>
      <MemberHero me={me.data} points={points.data} />
      <QueryView query={checkIns} skeleton={<CheckInSkeleton />}>
        {(data) => <CheckInCard checkIns={data} />}
      </QueryView>
      <RainBanner />
      <Waiting />
      <AffordableRow />
    </>
  )
}

function AffordableRow() {
  const affordable = useAffordableGifts()
  useGiftsSeen('tile-', affordable.data?.map(({ id }) => id) ?? [])
  return (
    <Section
      title={words.affordable}
      action={words.seeAll}
      actionId="affordable-all"
      onAction={() => openMall({ isAffordable: true })}
    >
      <QueryView
        query={affordable}
        skeleton={<RowSkeleton />}
        isEmpty={(gifts) => gifts.length === 0}
        empty={
          <Pressable className="home-hint" onPress={go.mall}>
            <Text>{words.nothingAffordable}</Text>
          </Pressable>
        }
      >
        {(gifts) => (
          <ScrollView className="home-row" scrollX enhanced showScrollbar={false} id="affordable">
            {gifts.map((gift) => (
              <GiftTile
                key={gift.id}
                gift={gift}
                onPress={() => go.gift(gift.id)}
                onPressStart={() => readGiftAhead(gift.id)}
              />
            ))}
          </ScrollView>
        )}
      </QueryView>
    </Section>
  )
}

function RowSkeleton() {
  return (
    <View className="home-row home-row--skeleton">
      {['a', 'b', 'c'].map((key) => (
        <View className="gift-tile" key={key}>
          <Skeleton width={132} height={132} radius={14} />
        </View>
      ))}
    </View>
  )
}

function HotGifts() {
  const hot = useHotGifts()
  useGiftsSeen('gift-', hot.data?.items.map(({ id }) => id) ?? [])
  const me = useMe()
  if (hot.isError && me.isError) return null
  return (
    <Section title={words.hot} action={words.seeAll} actionId="hot-all" onAction={() => openMall({})}>
      <View className="home-hot">
        <QueryView query={hot} skeleton={<GiftGridSkeleton count={4} />}>
          {(data) => (
            <View className="gift-grid">
              {data.items.map((gift) => (
                <GiftCard
                  key={gift.id}
                  gift={gift}
                  onPress={() => go.gift(gift.id)}
                  onPressStart={() => readGiftAhead(gift.id)}
                />
              ))}
            </View>
          )}
        </QueryView>
      </View>
    </Section>
  )
}

export default function HomePage() {
  const isSignedIn = useIsSignedIn()
  useGiftPageAhead()
  return (
    <Page className="home">
      {isSignedIn ? (
        <MemberPart />
      ) : (
        <>
          <GuestHero />
          <RainBanner />
        </>
      )}
      <Banner />
      <HotGifts />
    </Page>
  )
}
