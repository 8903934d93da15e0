import { Text, View } from '@tarojs/components'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { ErrorState } from '../../../components/error-state/error-state'
import { GiftCard, GiftGridSkeleton, GiftTile } from '../../../components/gift-card/gift-card'
import { ListFoot, type PagedQuery } from '../../../components/list-foot/list-foot'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton, SkeletonRows } from '../../../components/skeleton/skeleton'
import { Timeline } from '../../../components/timeline/timeline'
import { ApiError } from '../../../platform/api-error'
import { gifts, longText } from './samples'
import { Specimen } from './specimen'

const nothing = () => undefined
const offline = new ApiError({ status: 0, code: 'network.offline', message: '网络连不上，请检查后再试' })
const broken = new ApiError({
  status: 503,
  code: 'response.unreadable',
  message: '现在人有点多，请稍后再试',
  requestId: '3f7a91c2',
})
const query = { data: undefined, error: null, isPending: false, refetch: nothing }
const paged = (override: Partial<PagedQuery>): PagedQuery => ({
  hasNextPage: true,
  isFetchingNextPage: false,
  isFetchNextPageError: false,
  fetchNextPage: nothing,
  ...override,
})
const steps = [
  { key: 'sent', title: '已发出', note: '顺丰速运 SF1390027718842', when: '1月3日 10:20' },
  { key: 'long', title: longText, note: longText, when: '1月2日 18:05' },
  { key: 'placed', title: '已下单', note: null, when: '1月2日 12:00' },
]

/** What lists are made of, and what stands in their place. */
export function Lists() {
  return (
    <>
      <Specimen name="GiftCard: plain, new, scarce, sold out, long, without a market price">
        <View className="gift-grid">
          {gifts.map((gift) => (
            <GiftCard key={gift.id} gift={gift} onPress={nothing} />
          ))}
        </View>
      </Specimen>
      <Specimen name="GiftTile" layout="row">
        {gifts.slice(2, 5).map((gift) => (
          <GiftTile key={gift.id} gift={gift} onPress={nothing} />
        ))}
      </Specimen>
      <Specimen name="GiftGridSkeleton">
        <GiftGridSkeleton count={2} />
      </Specimen>
      <Specimen name="SkeletonRows">
        <SkeletonRows count={2} />
      </Specimen>
      <Specimen name="Skeleton" layout="row">
        <Skeleton width={56} height={56} radius={28} />
        <Skeleton width="60%" height={16} />
      </Specimen>
      <Specimen name="ListFoot: loading, failed, at its end">
        <ListFoot query={paged({ isFetchingNextPage: true })} />
        <ListFoot query={paged({ isFetchNextPageError: true })} />
        <ListFoot query={paged({ hasNextPage: false })} />
      </Specimen>
      <Specimen name="Timeline" layout="block">
        <Timeline steps={steps} />
      </Specimen>
      <Specimen name="EmptyState: with and without an action, long">
        <EmptyState
          picture="no-orders"
          title="还没有订单"
          line="去看看有什么能换"
          action="看看礼品"
          onAction={nothing}
        />
        <EmptyState picture="no-gifts" title="没有找到" />
        <EmptyState picture="sold-out" title={longText} line={longText} />
      </Specimen>
      <Specimen name="ErrorState: no network, the server's fault">
        <ErrorState error={offline} onRetry={nothing} />
        <ErrorState error={broken} onRetry={nothing} />
      </Specimen>
      <Specimen name="QueryView: pending, failed, empty, content">
        <QueryView query={{ ...query, isPending: true }} skeleton={<SkeletonRows count={1} />}>
          {() => null}
        </QueryView>
        <QueryView query={{ ...query, error: offline }} skeleton={null}>
          {() => null}
        </QueryView>
        <QueryView
          query={{ ...query, data: [] as string[] }}
          skeleton={null}
          isEmpty={(data) => data.length === 0}
          empty={<EmptyState picture="no-entries" title="还没有积分变动" />}
        >
          {() => null}
        </QueryView>
        <QueryView query={{ ...query, data: '读到的内容' }} skeleton={null}>
          {(data) => <Text className="gallery__row">{data}</Text>}
        </QueryView>
      </Specimen>
      <Specimen name="SignInInvitation">
        <SignInInvitation />
      </Specimen>
    </>
  )
}
