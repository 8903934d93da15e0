import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { type EntryFilter, entryFilters } from '#shared/domain/enums'
import { ChipRow } from '../../../components/chip/chip'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { ListFoot } from '../../../components/list-foot/list-foot'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton, SkeletonRows } from '../../../components/skeleton/skeleton'
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

/** Points that run out within thirty days, the nearest first. */
function Expiring({ points }: { points: PointsSummary }) {
  const { expiringSoon } = points
  if (expiringSoon.length === 0) return null
  const total = expiringSoon.reduce((sum, lot) => sum + lot.points, 0)
  return (
    <View className="expiring" id="expiring">
      <View>
        <Text className="expiring__title">{words.expiringTitle}</Text>
        <View className="expiring__total">
          <Text className="expiring__number">{formatPoints(total)}</Text>
          <Text className="expiring__unit">{text.common.points}</Text>
        </View>
      </View>
      <View className="expiring__dates">
        {expiringSoon.slice(0, datesShown).map((lot) => (
          <Text className="expiring__date" key={lot.expiresAt}>
            {words.expiringLine(formatPoints(lot.points), formatBusinessDate(lot.expiresOn))}
          </Text>
        ))}
      </View>
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

function Entries({ filter }: { filter: Filter }) {
  const entries = usePointsEntries(filter === 'all' ? undefined : filter)
  return (
    <QueryView
      query={entries}
      skeleton={<SkeletonRows count={5} />}
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
        skeleton={<Skeleton className="expiring-skeleton" width="auto" height={92} radius={16} />}
      >
        {(data) => (
          <>
            <Debt debt={data.debt} />
            <Expiring points={data} />
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
