import { checkInsQuery } from '../../features/check-ins/check-in.queries'
import { meQuery } from '../../features/members/member.queries'
import { pointsQuery } from '../../features/points/points.queries'
import { queryClient } from '../../platform/query-client'
import { useSession } from '../../platform/session'

const addresses = ['', '#/', '#/pages/home/index']

/** On H5, asks for what home shows first while its script is still on the way; home then finds the answers coming. */
export function askHomeAhead(): void {
  if (process.env.TARO_ENV !== 'h5') return
  if (!addresses.includes(location.hash) || !useSession.getState().member) return
  void queryClient.prefetchQuery(meQuery)
  void queryClient.prefetchQuery(pointsQuery)
  void queryClient.prefetchQuery(checkInsQuery)
}
