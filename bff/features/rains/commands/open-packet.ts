import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import { openPacket as contract } from '#shared/contracts/rains'
import { DomainError, isDomainError } from '../../../kernel/errors'
import { type OnceResult, runOnce } from '../../../platform/idempotency/run-once'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import { type Awarded, awardPoints, expiryOf } from '../../earning'
import { requireActiveMember } from '../../members'
import { readSettings } from '../../settings'
import { obstacleOf } from '../audience'
import { type Packet, PacketModel } from '../packet.model'
import { findOpened, givenBy } from '../queries/read-rains'
import type { Rain } from '../rain.model'
import { stateAt } from '../rains.states'
import { findRain } from './save-rain'

type Answer = z.input<typeof contract.response>

/**
 * Opens one packet for a member: packet, the member's slot and the points are one transaction. No points come from
 * anything but a packet, so the budget cannot be overspent. The gate turns away who was just refused for good, a lock
 * queues one member's taps; neither is needed for it to be right.
 * @throws the refusals listed in the contract.
 */
export async function openPacket(
  services: Services,
  { memberId, rainId, key }: { memberId: string; rainId: string; key: string },
): Promise<OnceResult<Answer>> {
  const now = services.clock.now()
  const once = { actor: `member:${memberId}`, operation: contract.id, key, input: { rainId }, now }
  const refuseMarked = () => refuseAtGate(services, rainId, memberId)
  return runOnce(once, () => takeAndGive(services, memberId, rainId), {
    gate: refuseMarked,
    around: (attempt) =>
      services.locks.withLocks([redisKeys.memberLock(memberId)], async (hasQueued) => {
        if (hasQueued) await refuseMarked()
        return attempt().catch(async (error: unknown) => {
          await markRefusal(services, rainId, memberId, error)
          throw error
        })
      }),
  })
}

const marksOf = (rainId: string, memberId: string) =>
  [
    { code: 'rain.limit_reached', key: redisKeys.rainDoneMark(rainId, memberId) },
    { code: 'rain.empty', key: redisKeys.rainEmptyMark(rainId) },
  ] as const

async function refuseAtGate({ gate }: Services, rainId: string, memberId: string): Promise<void> {
  const marks = marksOf(rainId, memberId)
  const marked = await gate.marked(marks.map(({ key }) => key))
  const found = marks.find(({ key }) => marked.includes(key))
  if (found) throw new DomainError(found.code)
}

/** Both refusals are for good: no packet and no slot ever comes back. */
async function markRefusal(
  { gate }: Services,
  rainId: string,
  memberId: string,
  error: unknown,
): Promise<void> {
  const mark = marksOf(rainId, memberId).find(({ code }) => isDomainError(error, code))
  if (mark) await gate.mark(mark.key)
}

async function takeAndGive(services: Services, memberId: string, rainId: string) {
  const rain = await findRain(rainId)
  assertRunning(rain, services.clock.now())
  const member = await requireActiveMember(memberId)
  const obstacle = obstacleOf(rain, member)
  if (obstacle) throw new DomainError('rain.not_eligible', { message: obstacle })
  const opened = await findOpened(rainId, memberId)
  if (opened.length >= rain.packetsPerMember)
    throw new DomainError('rain.limit_reached', { details: { packetsPerMember: rain.packetsPerMember } })
  const slot = Math.max(-1, ...opened.map((packet) => packet.slot ?? 0)) + 1
  const packet = await takePacket(rain, memberId, slot, services.clock.now())
  const awarded = await award(services, rain, memberId, packet)
  const cutPoints = packet.points - awarded.points
  if (cutPoints > 0) await PacketModel.updateOne({ _id: packet._id }, { $set: { cutPoints } })
  const body: Answer = {
    packet: {
      points: awarded.points,
      cuts: awarded.cuts.map(({ reason, points }) => ({ reason, points })),
    },
    mine: {
      openedPackets: opened.length + 1,
      points: givenBy(opened) + awarded.points,
      leftPackets: rain.packetsPerMember - opened.length - 1,
    },
  }
  return { status: 201, body }
}

function assertRunning(rain: Rain, now: Date): void {
  const state = stateAt(rain, now)
  if (state === 'running') return
  const { startsAt, endsAt } = rain
  if (state === 'announced')
    throw new DomainError('rain.not_started', { details: { startsAt: startsAt.toISOString() } })
  if (state === 'ended') throw new DomainError('rain.over', { details: { endsAt: endsAt.toISOString() } })
  if (state === 'cancelled') throw new DomainError('rain.over', { message: '这场红包雨取消了' })
  throw new DomainError('resource.not_found', { message: '没有这场红包雨' })
}

/**
 * Takes one free packet, the first from a random position on, else the first of all. Free or opened is compared and set in
 * the same step, and the slot is unique: who loses either race looks again.
 */
async function takePacket(
  { _id: rainId, packetCount }: Rain,
  memberId: string,
  slot: number,
  openedAt: Date,
): Promise<Packet> {
  assertInTransaction()
  for (const from of [randomInt(packetCount), 0]) {
    const taken = await PacketModel.findOneAndUpdate(
      { rainId, state: 'free', position: { $gte: from } },
      { $set: { state: 'opened', memberId, slot, openedAt } },
      { sort: { position: 1 }, returnDocument: 'after' },
    )
      .lean()
      .catch((error: unknown) => {
        throw isDuplicateKey(error) ? new StaleReadError('packet slot') : error
      })
    if (taken) return taken
  }
  throw new DomainError('rain.empty')
}

async function award(
  services: Services,
  rain: Rain,
  memberId: string,
  { _id, points }: Packet,
): Promise<Awarded> {
  const businessDate = services.calendar.dateOf(services.clock.now())
  return awardPoints(services, {
    memberId,
    key: `rain:${_id}`,
    source: 'red-packet-rain',
    title: `红包雨 · ${rain.name}`,
    settings: await readSettings(),
    businessDate,
    shares: [
      {
        ruleId: `rain:${rain._id}`,
        name: '红包',
        points,
        caps: null,
        expiresOn: expiryOf(rain.expiry, businessDate),
      },
    ],
  })
}
