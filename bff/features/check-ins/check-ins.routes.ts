import * as contracts from '#shared/contracts/check-ins'
import { anyMember, route } from '../../platform/route'
import { checkIn } from './commands/check-in'
import { makeUp } from './commands/make-up'
import { setReminder } from './commands/set-reminder'
import { readCalendar } from './queries/read-calendar'

export const checkInsRoutes = [
  route(contracts.checkIn, anyMember, ({ services, principal }) => checkIn(services, principal.id)),
  route(contracts.makeUpCheckIn, anyMember, ({ services, principal, body, idempotencyKey }) =>
    makeUp(services, { memberId: principal.id, key: idempotencyKey, wanted: body }),
  ),
  route(contracts.setCheckInReminder, anyMember, ({ services, principal, body }) =>
    setReminder(services, principal.id, body),
  ),
  route(contracts.readCheckIns, anyMember, ({ services, principal, query }) =>
    readCalendar(services, principal.id, query.month),
  ),
]
