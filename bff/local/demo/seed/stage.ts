import type { BusinessCalendar } from '#bff/kernel/business-calendar'
import type { Clock } from '#bff/kernel/clock'
import { signInAdmin } from '#shared/contracts/admins'
import { signInMember } from '#shared/contracts/members'
import { signInStaff } from '#shared/contracts/staff'
import { addDays, type BusinessDate } from '#shared/domain/business-date'
import type { GiftSlug } from '../pictures/catalogue'
import type { ShopSlug } from '../world/shops'
import { operator } from '../world/team'
import type { Api, Caller } from './api'
import type { Moment } from './history'

/** A clock that stands still until it is set. */
export interface StageClock extends Clock {
  set(instant: Date): void
}

export function createStageClock(start: Date): StageClock {
  let current = start
  return {
    now: () => new Date(current),
    set(instant) {
      current = instant
    },
  }
}

export interface StagedGift {
  id: string
  skus: readonly { id: string; name: string }[]
}

/** Who acts in the history, on what, and when. */
export interface Stage {
  owner: Caller
  operator: Caller
  member(id: string): Caller
  staff(openid: string): Caller
  shopIds: Map<ShopSlug, string>
  /** Where each member's parcels go. */
  addressIds: Map<string, string>
  gifts: Map<GiftSlug, StagedGift>
  clock: StageClock
  /** The business date on which the history ends. */
  today: BusinessDate
  instantOf(moment: Moment): Date
}

const consentVersion = '2026-01'

/** Callers by name, made once each. */
function callersBy(make: (name: string) => Caller): (name: string) => Caller {
  const callers = new Map<string, Caller>()
  return (name) => {
    const caller = callers.get(name) ?? make(name)
    callers.set(name, caller)
    return caller
  }
}

export function createStage(options: {
  api: Api
  clock: StageClock
  calendar: BusinessCalendar
  today: Date
  owner: { username: string; password: string }
}): Stage {
  const { api, clock, calendar, owner } = options
  const today = calendar.dateOf(options.today)
  const admin = ({ username, password }: { username: string; password: string }) =>
    api.person(async (anyone) => (await anyone(signInAdmin, { body: { username, password } })).token)
  return {
    owner: admin(owner),
    operator: admin(operator),
    member: callersBy((id) =>
      api.person(
        async (anyone) =>
          (await anyone(signInMember, { body: { code: `demo-${id}`, consentVersion } })).token,
      ),
    ),
    staff: callersBy((openid) =>
      api.person(async (anyone) => (await anyone(signInStaff, { body: { code: `demo-${openid}` } })).token),
    ),
    shopIds: new Map(),
    addressIds: new Map(),
    gifts: new Map(),
    clock,
    today,
    instantOf: ({ day, minute }) =>
      new Date(calendar.startOf(addDays(today, day)).getTime() + minute * 60_000),
  }
}
