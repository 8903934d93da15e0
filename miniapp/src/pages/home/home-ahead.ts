import { checkInsQuery } from '../../features/check-ins/check-in.queries'
import { affordableGiftsQuery, hotGiftsQuery } from '../../features/gifts/gift.queries'
import { meQuery } from '../../features/members/member.queries'
import { pointsQuery } from '../../features/points/points.queries'
import { queryClient } from '../../platform/query-client'
import { useSession } from '../../platform/session'

const addresses = ['', '#/', '#/pages/home/index']

/**
 * On H5, asks for all that home shows while its script is still being read. Home then finds the answers and draws itself once,
 * not its skeletons first and each part again: on a slow phone that is what takes the time.
 */
export function askHomeAhead(): void {
  if (process.env.TARO_ENV !== 'h5') return
  if (!addresses.includes(location.hash)) return
  void queryClient.prefetchQuery(hotGiftsQuery)
  if (!useSession.getState().member) return
  void queryClient.prefetchQuery(meQuery)
  void queryClient.prefetchQuery(pointsQuery)
  void queryClient.prefetchQuery(checkInsQuery)
  void queryClient.prefetchQuery(affordableGiftsQuery)
}
