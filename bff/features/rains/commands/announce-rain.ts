import { randomBytes } from 'node:crypto'
import { announceRain as contract } from '#shared/contracts/rains'
import { DomainError } from '../../../kernel/errors'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { createDice, dealPoints } from '../deal'
import { type Packet, PacketModel, packetIdOf } from '../packet.model'
import { type Rain, RainModel } from '../rain.model'
import { findRain, invalidState } from './save-rain'

const batchSize = 1_000

/**
 * Deals the packets of a draft and announces it once all are there. A deal that was cut off goes on when it is announced
 * again, or by the sweep; announcing what is announced changes nothing. @throws `rain.invalid_state`
 */
export async function announceRain(
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  rainId: string,
): Promise<Rain> {
  const rain = await inTransaction(() => startDealing(services, admin, rainId))
  if (rain.state === 'dealing') await finishDealing(services, rain)
  return findRain(rainId)
}

async function startDealing(
  { clock }: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  rainId: string,
): Promise<Rain> {
  const rain = await findRain(rainId)
  if (rain.state === 'cancelled') throw invalidState('这场红包雨已经取消了')
  if (rain.state !== 'draft') return rain
  const now = clock.now()
  if (rain.endsAt <= now) throw invalidState('结束时间已经过了，请先改时间')
  const changes = { state: 'dealing' as const, seed: randomBytes(32).toString('hex'), updatedAt: now }
  const started = await RainModel.updateOne({ _id: rainId, state: 'draft' }, { $set: changes })
  if (started.matchedCount !== 1) throw new DomainError('resource.conflict')
  await recordAudit(clock, admin, {
    operation: contract.id,
    targetId: rainId,
    before: { state: 'draft' },
    after: { state: 'announced' },
  })
  return { ...rain, ...changes }
}

/** Deals what is not dealt yet. Whoever deals a rain deals the same packets, so two at once do no harm. */
export async function finishDealing({ clock }: Pick<Services, 'clock'>, rain: Rain): Promise<void> {
  const points = dealPoints(rain, createDice(Buffer.from(rain.seed ?? '', 'hex')))
  for (let from = 0; from < points.length; from += batchSize)
    await insertPackets(rain._id, from, points.slice(from, from + batchSize))
  await inTransaction(async () => {
    await assertAllDealt(rain)
    await RainModel.updateOne(
      { _id: rain._id, state: 'dealing' },
      { $set: { state: 'announced', seed: null, updatedAt: clock.now() } },
    )
  })
}

async function insertPackets(rainId: string, from: number, points: readonly number[]): Promise<void> {
  const present = await PacketModel.countDocuments({
    rainId,
    state: 'free',
    position: { $gte: from, $lt: from + points.length },
  })
  if (present === points.length) return
  const packets = points.map((value, index): Packet => {
    const position = from + index
    return {
      _id: packetIdOf(rainId, position),
      rainId,
      position,
      points: value,
      state: 'free',
      memberId: null,
      slot: null,
      cutPoints: 0,
      openedAt: null,
    }
  })
  // Unordered: those that are there already hold up none of the others.
  await PacketModel.insertMany(packets, { ordered: false, lean: true }).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error
  })
}

async function assertAllDealt({ _id, packetCount, budgetPoints }: Rain): Promise<void> {
  const [dealt] = await PacketModel.aggregate<{ packets: number; points: number }>([
    { $match: { rainId: _id } },
    { $group: { _id: null, packets: { $sum: 1 }, points: { $sum: '$points' } } },
  ])
  if (dealt?.packets !== packetCount || dealt.points !== budgetPoints)
    throw new Error(`rain ${_id} was dealt ${dealt?.packets} packets with ${dealt?.points} points`)
}
