import { type QueryKey, useMutation } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { showToast } from '../../components/toast/toast'
import { messageOf } from '../../platform/api-error'
import { vibrate } from '../../platform/device'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useSession } from '../../platform/session'
import { text } from '../../platform/text'
import type { Me } from '../members/member.queries'
import type { PointsSummary } from '../points/points.queries'
import type { CheckIns } from './check-in.queries'
import { afterEarning, checkedIn } from './checked-in'

export type CheckInResult = ResponseOf<'POST /api/member/check-ins'>
export type Reached = CheckInResult['reached']

const mutationKey = ['check-in']
const calendarsKey: QueryKey = ['member', 'check-ins']
const pointsKey: QueryKey = ['member', 'points']
const meKey: QueryKey = ['member', 'me']
const words = text.checkIn

/** What was on the screen before the tap, and whose it was. */
interface Kept {
  token: string | undefined
  before: [QueryKey, unknown][]
}

const tokenNow = () => useSession.getState().member?.token

const todayShown = (): CheckIns['today'] | undefined =>
  queryClient
    .getQueriesData<CheckIns>({ queryKey: calendarsKey })
    .map(([, data]) => data?.today)
    .find((today) => today !== undefined)

function changePoints(change: <Balance extends Me['points']>(balance: Balance) => Balance): void {
  queryClient.setQueryData<PointsSummary>(pointsKey, (points) => points && change(points))
  queryClient.setQueryData<Me>(meKey, (me) => me && { ...me, points: change(me.points) })
}

/** Shows today as checked in before the server has said so. */
async function showAhead(): Promise<Kept> {
  const ahead = [calendarsKey, pointsKey, meKey]
  // An answer that is under way is older than the tap and would undo it on the screen.
  await Promise.all(ahead.map((queryKey) => queryClient.cancelQueries({ queryKey })))
  const before = ahead.flatMap((queryKey) => queryClient.getQueriesData({ queryKey }))
  const today = todayShown()
  queryClient.setQueriesData<CheckIns>({ queryKey: calendarsKey }, (shown) => shown && checkedIn(shown))
  if (today && !today.isCheckedIn) changePoints((balance) => afterEarning(balance, today.points))
  return { token: tokenNow(), before }
}

/** Puts back what was shown, unless somebody else has signed in meanwhile. */
function rollBack({ token, before }: Kept): void {
  if (token !== tokenNow()) return
  for (const [queryKey, data] of before) queryClient.setQueryData(queryKey, data)
}

/** The server's numbers in place of ours: who had checked in elsewhere gets nothing twice. */
function settle(result: CheckInResult, { token }: Kept): void {
  if (token !== tokenNow()) return
  const { businessDate, points, streakDays, balance } = result
  queryClient.setQueriesData<CheckIns>({ queryKey: calendarsKey }, (shown) =>
    shown?.today.businessDate === businessDate
      ? { ...shown, today: { businessDate, isCheckedIn: true, points, streakDays } }
      : shown,
  )
  changePoints((shown) => ({ ...shown, available: balance }))
}

/** What a check-in reached, when it was not a plain day; a server of before says nothing of it. */
const reachedOf = ({ alreadyCheckedIn, reached = [] }: Partial<CheckInResult>): Reached =>
  alreadyCheckedIn ? [] : reached

/**
 * Today's check-in, shown at the tap and taken back when it fails. A second tap meanwhile is dropped; repeating it
 * later is harmless, because the server gives the same result back. Milestones are told in a toast, or to `onReached`.
 */
export function useCheckIn(onReached?: (result: CheckInResult) => void): () => void {
  const { mutate } = useMutation({
    mutationKey,
    mutationFn: () => api('POST /api/member/check-ins'),
    onMutate: showAhead,
    onSuccess: (result, _, kept) => {
      settle(result, kept)
      const [reached] = [...reachedOf(result)].reverse()
      if (reached && onReached) onReached(result)
      else if (reached) showToast(words.reached(reached.days, reached.reward))
      else showToast(result.alreadyCheckedIn ? words.already : words.gained(result.points))
    },
    onError: (error, _, kept) => {
      if (kept) rollBack(kept)
      showToast(words.failed(messageOf(error)))
    },
    // Not waited for: a tap that comes while the page reads again is a new one.
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['member'] }),
  })
  return () => {
    if (queryClient.isMutating({ mutationKey }) > 0) return
    vibrate()
    mutate()
  }
}
