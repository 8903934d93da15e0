import type { z } from 'zod'
import type * as contracts from '#shared/contracts/rains'
import { limits } from '#shared/domain/limits'
import { notFound } from '../../../kernel/errors'
import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import { findMemberById, type Member } from '../../members'
import { obstacleOf } from '../audience'
import { type Packet, PacketModel } from '../packet.model'
import { type Rain, RainModel } from '../rain.model'
import { stateAt } from '../rains.states'

type RainView = z.input<typeof contracts.readRain.response>['rain']
type ReadServices = Pick<Services, 'clock' | 'cache'>

/** How far ahead members are told of a rain. */
const aheadMs = 7 * 86_400_000
/** How old the share of packets that are left may be: a crowd that looks counts once in that time. */
const leftTtlSeconds = 2

/** The packets a member opened in a rain. */
export const findOpened = (rainId: string, memberId: string): Promise<Packet[]> =>
  PacketModel.find({ rainId, memberId, state: 'opened' })
    .sort({ slot: 1 })
    .limit(limits.packetsPerMember)
    .lean()

export const givenBy = (packets: readonly Packet[]): number =>
  packets.reduce((sum, { points, cutPoints }) => sum + points - cutPoints, 0)

/** Rains that run or come soon; for a member those that he can take part in. */
export async function listRains(
  services: ReadServices,
  memberId: string | null,
): Promise<z.input<typeof contracts.listRains.response>> {
  const now = services.clock.now()
  const member = memberId ? await findMemberById(memberId) : null
  const rains = await RainModel.find({
    isTidied: false,
    state: 'announced',
    endsAt: { $gt: now },
    startsAt: { $lt: new Date(now.getTime() + aheadMs) },
  })
    .sort({ startsAt: 1, _id: 1 })
    .limit(50)
    .lean()
  const items: RainView[] = []
  for (const rain of rains) {
    if (items.length === limits.rainsShown) break
    if (!member || obstacleOf(rain, member) === null) items.push(await present(services, rain, member, now))
  }
  return { items, serverTime: now.toISOString() }
}

/** One rain that was announced. @throws `resource.not_found` */
export async function readRain(
  services: ReadServices,
  rainId: string,
  memberId: string | null,
): Promise<z.input<typeof contracts.readRain.response>> {
  const now = services.clock.now()
  const rain = await RainModel.findById(rainId).lean()
  if (!rain || rain.state === 'draft' || rain.state === 'dealing') throw notFound('没有这场红包雨')
  const member = memberId ? await findMemberById(memberId) : null
  return { rain: await present(services, rain, member, now), serverTime: now.toISOString() }
}

async function present(
  services: ReadServices,
  rain: Rain,
  member: Member | null,
  now: Date,
): Promise<RainView> {
  const { _id, name, rules, startsAt, endsAt, packetCount, budgetPoints, maxPoints, packetsPerMember } = rain
  return {
    id: _id,
    ...{ name, rules, packetCount, budgetPoints, maxPoints, packetsPerMember },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    // Drafts are not shown.
    state: stateAt(rain, now) as RainView['state'],
    leftPercent: now < startsAt ? 100 : await readLeftPercent(services, rain),
    mine: member ? await readMine(rain, member) : null,
  }
}

async function readMine(rain: Rain, member: Member): Promise<NonNullable<RainView['mine']>> {
  const opened = await findOpened(rain._id, member._id)
  return {
    openedPackets: opened.length,
    points: givenBy(opened),
    leftPackets: Math.max(0, rain.packetsPerMember - opened.length),
    obstacle: obstacleOf(rain, member),
  }
}

/** Rounded up, so that 0 says that there is none. */
async function readLeftPercent({ cache }: ReadServices, { _id, packetCount }: Rain): Promise<number> {
  const key = redisKeys.rainLeft(_id)
  const known = await cache.get(key)
  if (known !== null) return Number(known)
  const opened = await PacketModel.countDocuments({ rainId: _id, state: 'opened' })
  const percent = Math.ceil(((packetCount - opened) / packetCount) * 100)
  await cache.set(key, String(percent), leftTtlSeconds)
  return percent
}
