import * as contracts from '#shared/contracts/rains'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { adminWith, anyMember, anyone, route } from '../../platform/route'
import { announceRain } from './commands/announce-rain'
import { openPacket } from './commands/open-packet'
import { cancelRain, changeRain, createRain, findRain } from './commands/save-rain'
import { listRains, readRain } from './queries/read-rains'
import { reportRain } from './queries/report-rain'
import { type Rain, RainModel } from './rain.model'
import { stateAt } from './rains.states'

function presentForAdmin({ _id, seed: _seed, isTidied: _isTidied, ...rain }: Rain, now: Date) {
  return {
    ...rain,
    id: _id,
    state: stateAt(rain, now),
    startsAt: rain.startsAt.toISOString(),
    endsAt: rain.endsAt.toISOString(),
    createdAt: rain.createdAt.toISOString(),
    updatedAt: rain.updatedAt.toISOString(),
  }
}

const readers = adminWith('operator', 'finance', 'support')

export const rainsRoutes = [
  route(contracts.createRain, adminWith('operator'), async ({ services, principal, body }) => ({
    rain: presentForAdmin(await createRain(services, principal, body), services.clock.now()),
  })),
  route(contracts.changeRain, adminWith('operator'), async ({ services, principal, params, body }) => ({
    rain: presentForAdmin(await changeRain(services, principal, params.id, body), services.clock.now()),
  })),
  route(contracts.announceRain, adminWith('operator'), async ({ services, principal, params }) => ({
    rain: presentForAdmin(await announceRain(services, principal, params.id), services.clock.now()),
  })),
  route(contracts.cancelRain, adminWith('operator'), async ({ services, principal, params }) => ({
    rain: presentForAdmin(await cancelRain(services, principal, params.id), services.clock.now()),
  })),
  route(contracts.listAdminRains, readers, async ({ services, query }) => {
    const rows = await RainModel.find(
      query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {},
    )
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    const now = services.clock.now()
    return { items: page.items.map((rain) => presentForAdmin(rain, now)), nextCursor: page.nextCursor }
  }),
  route(contracts.readAdminRain, readers, async ({ services, params }) => ({
    rain: presentForAdmin(await findRain(params.id), services.clock.now()),
  })),
  route(contracts.reportRain, readers, async ({ services, params }) => {
    const rain = await findRain(params.id)
    return { rain: presentForAdmin(rain, services.clock.now()), ...(await reportRain(rain)) }
  }),
  route(contracts.listRains, anyone, ({ services, principal }) => listRains(services, principal?.id ?? null)),
  route(contracts.readRain, anyone, ({ services, principal, params }) =>
    readRain(services, params.id, principal?.id ?? null),
  ),
  route(contracts.openPacket, anyMember, async ({ services, principal, params, idempotencyKey }) => {
    const opening = { memberId: principal.id, rainId: params.id, key: idempotencyKey }
    return (await openPacket(services, opening)).body
  }),
]
