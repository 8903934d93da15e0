import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { type EntryFilter, entryFilters } from '#shared/domain/enums'
import { ChipRow } from '../../../components/chip/chip'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Glyph } from '../../../components/glyph/glyph'
import { ListFoot } from '../../../components/list-foot/list-foot'
import { Page } from '../../../components/page/page'
import { PointsNumber } from '../../../components/points-number/points-number'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { type EntryMonth, entryMonths } from '../../../features/points/entry-months'
import { type PointsSummary, usePoints, usePointsEntries } from '../../../features/points/points.queries'
import { formatBusinessDate, formatMonth, formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { EntryRow } from './entry-row'
import { StatementButton } from './statement-button'
import './entries.scss'

const words = text.points
const datesShown = 3
type Filter = EntryFilter | 'all'

/** What there is, and what of it runs out within thirty days, the nearest first. */
function Balance({ points }: { points: PointsSummary }) {
  const { available, frozen, expiringSoon } = points
  const expiring = expiringSoon.reduce((sum, lot) => sum + lot.points, 0)
  return (
    <View className="balance">
      <View className="balance__top">
        <View>
          <Text className="balance__name">{text.me.available}</Text>
          <PointsNumber id="points-value" points={available} size="large" unit={false} countsUp />
        </View>
        <View className="balance__side">
          <Text className="balance__name">{text.me.frozen}</Text>
          <Text className="balance__frozen">{formatPoints(frozen)}</Text>
        </View>
      </View>
      {expiring > 0 ? (
        <View className="expiring" id="expiring">
          <View className="expiring__head">
            <Glyph name="hourglass" size={16} tone="gold" />
            <Text className="expiring__title">{words.expiringTotal(formatPoints(expiring))}</Text>
          </View>
          {expiringSoon.slice(0, datesShown).map((lot) => (
            <View className="expiring__line" key={lot.expiresAt}>
              <Text>{words.expiresOn(formatBusinessDate(lot.expiresOn))}</Text>
              <Text className="expiring__points">{formatPoints(lot.points)}</Text>
            </View>
          ))}
        </View>
      ) : (
        <Text className="balance__calm">{words.nothingExpires}</Text>
      )}
    </View>
  )
}

/** What is owed, and what that means. */
function Debt({ debt }: { debt: number }) {
  if (debt === 0) return null
  return (
    <View className="debt" id="debt" role="status">
      <Text className="debt__title">{words.debtTitle(formatPoints(debt))}</Text>
      <Text className="debt__line">{words.debtLine}</Text>
    </View>
  )
}

function Month({ group }: { group: EntryMonth }) {
  return (
    <View className="month">
      <View className="month__head">
        <View>
          <Text className="month__name">{formatMonth(group.month)}</Text>
          <View className="month__sums">
            {group.gained > 0 ? <Text>{words.gained(formatPoints(group.gained))}</Text> : null}
            {group.used > 0 ? <Text>{words.used(formatPoints(group.used))}</Text> : null}
          </View>
        </View>
        <StatementButton month={group.month} />
      </View>
      <View className="month__card">
        {group.entries.map((entry) => (
          <EntryRow key={entry.id} entry={entry} />
        ))}
      </View>
    </View>
  )
}

const entriesSkeleton = (
  <View className="month">
    <View className="month__head">
      <Skeleton width={88} height={40} />
    </View>
    <View className="month__card">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <View className="entry" key={key}>
          <View className="entry__words">
            <Skeleton width="64%" height={16} />
            <Skeleton className="entry__skeleton" width="40%" height={12} />
          </View>
          <Skeleton width={56} height={20} />
        </View>
      ))}
    </View>
  </View>
)

function Entries({ filter }: { filter: Filter }) {
  const entries = usePointsEntries(filter === 'all' ? undefined : filter)
  return (
    <QueryView
      query={entries}
      skeleton={entriesSkeleton}
      isEmpty={(data) => data.pages[0]?.items.length === 0}
      empty={
        <EmptyState
          picture="no-entries"
          title={filter === 'all' ? words.empty : words.emptyFiltered}
          action={words.emptyAction}
          actionId="to-home"
          onAction={go.home}
        />
      }
    >
      {(data) => (
        <>
          {entryMonths(data.pages).map((group) => (
            <Month key={group.month} group={group} />
          ))}
          <ListFoot query={entries} />
        </>
      )}
    </QueryView>
  )
}

const choices = [
  { value: 'all' as Filter, label: text.common.all },
  ...entryFilters.map((value) => ({ value: value as Filter, label: words.filters[value] })),
]

export default function PointsEntriesPage() {
  const isSignedIn = useIsSignedIn()
  const points = usePoints()
  const [filter, setFilter] = useState<Filter>('all')
  if (!isSignedIn) {
    return (
      <Page title={words.title}>
        <SignInInvitation title={words.signIn} />
      </Page>
    )
  }
  return (
    <Page title={words.title}>
      <QueryView
        query={points}
        skeleton={<Skeleton className="balance-skeleton" width="auto" height={128} radius={16} />}
      >
        {(data) => (
          <>
            <Debt debt={data.debt} />
            <Balance points={data} />
          </>
        )}
      </QueryView>
      <View className="entries-filters">
        <ChipRow idPrefix="filter" choices={choices} chosen={filter} onChoose={setFilter} />
      </View>
      <Entries filter={filter} />
    </Page>
  )
}
