import * as contracts from '#shared/contracts/check-ins'
import { anyMember, route } from '../../platform/route'
import { checkIn } from './commands/check-in'
import { readCalendar } from './queries/read-calendar'

export const checkInsRoutes = [
  route(contracts.checkIn, anyMember, ({ services, principal }) => checkIn(services, principal.id)),
  route(contracts.readCheckIns, anyMember, ({ services, principal, query }) =>
    readCalendar(services, principal.id, query.month),
  ),
]
