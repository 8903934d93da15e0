import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { badgesOf } from '../../../components/gift-card/gift-card'
import { Page } from '../../../components/page/page'
import { PointsNumber } from '../../../components/points-number/points-number'
import { QueryView } from '../../../components/query-view/query-view'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { type GiftDetail, useGift } from '../../../features/gifts/gift.queries'
import { WishButton } from '../../../features/wishes/wish-button'
import { ApiError } from '../../../platform/api-error'
import { formatInstant, formatPoints, formatYuan } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { Gallery } from './gallery'
import { GiftFacts, GiftTexts, Scarcity } from './gift-facts'
import { Obstacles } from './obstacles'
import { RedeemSheet } from './redeem-sheet'
import { SkuSheet } from './sku-sheet'
import { ToBasket } from './to-basket'
import './gift-detail.scss'

const words = text.gift

/** What is asked for: the chosen one's price, or the lowest before a choice. */
function priceOf(gift: GiftDetail, skuId: string | null) {
  const { pricePoints, listPricePoints } = gift.skus.find(({ id }) => id === skuId) ?? gift
  return { pricePoints, listPricePoints, isFrom: gift.isPriceFrom && skuId === null }
}

function GiftHead({ gift, skuId }: { gift: GiftDetail; skuId: string | null }) {
  const { pricePoints, listPricePoints, isFrom } = priceOf(gift, skuId)
  return (
    <View className="gift-head">
      <View className="gift-head__price">
        <PointsNumber points={pricePoints} size="large" tone="gold" id="price" isFrom={isFrom} />
        {gift.priceReason !== 'list' ? (
          <Text className="gift-head__market" id="list-price">
            {words.listPrice(formatPoints(listPricePoints))}
          </Text>
        ) : null}
        {gift.marketPriceFen !== null ? (
          <Text className="gift-head__market">{words.market(formatYuan(gift.marketPriceFen))}</Text>
        ) : null}
      </View>
      <View className="gift-head__title">
        <Text className="gift-head__name">{gift.name}</Text>
        <WishButton giftId={gift.id} isSoldOut={gift.isSoldOut} />
      </View>
      {gift.summary ? <Text className="gift-head__summary">{gift.summary}</Text> : null}
      <View className="gift-head__badges">
        {badgesOf(gift).map(({ label, isQuiet }) => (
          <Text key={label} className={isQuiet ? 'badge badge--quiet' : 'badge'}>
            {label}
          </Text>
        ))}
        {gift.priceEndsAt ? (
          <Text className="gift-head__note">{words.priceEnds(formatInstant(gift.priceEndsAt))}</Text>
        ) : null}
        {gift.saleEndsAt ? (
          <Text className="gift-head__note">{words.saleEnds(formatInstant(gift.saleEndsAt))}</Text>
        ) : null}
        {gift.redeemedCount > 0 ? (
          <Text className="gift-head__note">{words.redeemed(formatPoints(gift.redeemedCount))}</Text>
        ) : null}
      </View>
    </View>
  )
}

/** The one action: redeem, sign in, or the reason why not. */
function ActionBar({
  gift,
  skuId,
  canRedeem,
  onRedeem,
  onBasket,
}: {
  gift: GiftDetail
  skuId: string | null
  canRedeem: boolean
  onRedeem: () => void
  onBasket: () => void
}) {
  const isSignedIn = useIsSignedIn()
  const { pricePoints, isFrom } = priceOf(gift, skuId)
  const price = pricePoints > 0 ? words.redeem(formatPoints(pricePoints)) : words.redeemFree
  const label = gift.isSoldOut
    ? words.soldOut
    : !canRedeem
      ? words.cannot
      : isSignedIn
        ? isFrom
          ? words.redeemShort
          : price
        : words.signIn
  const needsChoice = gift.skus.length > 1 && skuId === null
  return (
    <View className="action-bar gift-actions">
      {isSignedIn && needsChoice ? (
        <Button id="to-basket" kind="soft" disabled={gift.isSoldOut} onPress={onBasket}>
          {words.toBasket}
        </Button>
      ) : null}
      {isSignedIn && !needsChoice ? (
        <ToBasket giftId={gift.id} skuId={skuId} isSoldOut={gift.isSoldOut} />
      ) : null}
      <Button id="redeem" disabled={!canRedeem} onPress={isSignedIn ? onRedeem : go.signIn}>
        {label}
      </Button>
    </View>
  )
}

type OpenSheet = 'sku' | 'redeem' | null

function GiftContent({ gift }: { gift: GiftDetail }) {
  const isSignedIn = useIsSignedIn()
  const [chosenSku, setChosenSku] = useState<string | null>(null)
  const [open, setOpen] = useState<OpenSheet>(null)
  // Where there is only one, nobody has to choose.
  const skuId = chosenSku ?? (gift.skus.length === 1 ? (gift.skus[0]?.id ?? null) : null)
  const needsChoice = gift.skus.length > 1 && skuId === null
  const canRedeem = !gift.isSoldOut && !(isSignedIn && gift.eligibility?.canRedeem === false)
  const skuName = gift.skus.find(({ id }) => id === skuId)?.name ?? null
  const close = () => setOpen(null)
  return (
    <>
      <Gallery
        urls={gift.galleryUrls.length > 0 ? gift.galleryUrls : [gift.pictureUrl].flatMap((url) => url ?? [])}
        isSoldOut={gift.isSoldOut}
      />
      <View className="gift-body">
        <GiftHead gift={gift} skuId={skuId} />
        <Obstacles gift={gift} />
        <Scarcity gift={gift} />
        <GiftFacts gift={gift} skuName={skuName} onChooseSku={() => setOpen('sku')} />
        <GiftTexts gift={gift} />
      </View>
      <ActionBar
        gift={gift}
        skuId={skuId}
        canRedeem={canRedeem}
        onRedeem={() => setOpen(needsChoice ? 'sku' : 'redeem')}
        onBasket={() => setOpen('sku')}
      />
      <SkuSheet
        gift={gift}
        skuId={skuId}
        isOpen={open === 'sku'}
        canRedeem={canRedeem}
        onChoose={setChosenSku}
        onRedeem={isSignedIn ? () => setOpen('redeem') : go.signIn}
        onClose={close}
      />
      <RedeemSheet gift={gift} skuId={skuId} isOpen={open === 'redeem'} onClose={close} />
    </>
  )
}

const skeleton = (
  <>
    <Skeleton className="gallery" width="100%" height={0} radius={0} />
    <View className="gift-body">
      <Skeleton width={132} height={34} />
      <Skeleton className="gift-body__line" width="80%" height={24} />
      <Skeleton className="gift-body__line" width="60%" height={18} />
      <Skeleton className="gift-body__line" width="100%" height={132} />
    </View>
  </>
)

export default function GiftDetailPage() {
  const id = useRouter().params.id ?? ''
  const query = useGift(id)
  const isGone = query.error instanceof ApiError && query.error.status === 404
  if (isGone || id === '') {
    return (
      <Page title={words.title}>
        <EmptyState
          picture="no-gifts"
          title={words.gone}
          action={words.goneAction}
          actionId="to-mall"
          onAction={go.mall}
        />
      </Page>
    )
  }
  return (
    <Page
      ground="card"
      className="gift-detail"
      title={query.isError && !query.data ? words.title : undefined}
    >
      <QueryView query={query} skeleton={skeleton}>
        {({ gift }) => <GiftContent gift={gift} />}
      </QueryView>
    </Page>
  )
}
