import type { z } from 'zod'
import * as contracts from '#shared/contracts/rains'
import { daysBetween } from '#shared/domain/business-date'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { type Rain, RainModel, type RainTerms } from '../rain.model'
import { stateAt } from '../rains.states'

type TermsInput = z.output<typeof contracts.createRain.body>
type SaveServices = Pick<Services, 'clock' | 'calendar'>

/** Writes a rain as a draft. @throws `request.invalid` */
export async function createRain(
  services: SaveServices,
  admin: AdminPrincipal,
  input: TermsInput,
): Promise<Rain> {
  const terms = toTerms(services, input)
  const now = services.clock.now()
  const rain: Rain = {
    ...terms,
    _id: newId(),
    version: 1,
    state: 'draft',
    seed: null,
    isTidied: false,
    createdAt: now,
    updatedAt: now,
  }
  await inTransaction(async () => {
    await insertWhole(RainModel, [rain])
    await recordAudit(services.clock, admin, {
      operation: contracts.createRain.id,
      targetId: rain._id,
      before: null,
      after: terms,
    })
  })
  return rain
}

/** Changes a draft. @throws `resource.conflict` when it is another version by now; `rain.invalid_state`, `request.invalid` */
export async function changeRain(
  services: SaveServices,
  admin: AdminPrincipal,
  rainId: string,
  { version, ...input }: z.output<typeof contracts.changeRain.body>,
): Promise<Rain> {
  const terms = toTerms(services, input)
  return inTransaction(async () => {
    const before = await findRain(rainId)
    if (before.state !== 'draft') throw invalidState('已经公布的红包雨不能再改')
    const changes = { ...terms, version: version + 1, updatedAt: services.clock.now() }
    const changed = await RainModel.updateOne({ _id: rainId, version, state: 'draft' }, { $set: changes })
    if (changed.matchedCount !== 1) throw new DomainError('resource.conflict')
    await recordAudit(services.clock, admin, {
      operation: contracts.changeRain.id,
      targetId: rainId,
      before,
      after: terms,
    })
    return { ...before, ...changes }
  })
}

/** Takes a rain back. What is opened stays; one that is being dealt is announced first. @throws `rain.invalid_state` */
export async function cancelRain(
  { clock }: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  rainId: string,
): Promise<Rain> {
  return inTransaction(async () => {
    const now = clock.now()
    const before = await findRain(rainId)
    const state = stateAt(before, now)
    if (state === 'dealing') throw invalidState('红包还在分，分好了才能取消')
    if (state === 'ended' || state === 'cancelled') throw invalidState('这场红包雨已经结束了')
    const changes = { state: 'cancelled' as const, updatedAt: now }
    const cancelled = await RainModel.updateOne({ _id: rainId, state: before.state }, { $set: changes })
    if (cancelled.matchedCount !== 1) throw new DomainError('resource.conflict')
    await recordAudit(clock, admin, {
      operation: contracts.cancelRain.id,
      targetId: rainId,
      before: { state },
      after: { state: 'cancelled' },
    })
    return { ...before, ...changes }
  })
}

/** @throws `resource.not_found` */
export async function findRain(rainId: string): Promise<Rain> {
  const rain = await RainModel.findById(rainId).lean()
  if (!rain) throw notFound('没有这场红包雨')
  return rain
}

export const invalidState = (message: string) => new DomainError('rain.invalid_state', { message })

const invalid = (path: string, message: string) =>
  new DomainError('request.invalid', { message, details: { path } })

function toTerms({ calendar }: SaveServices, input: TermsInput): RainTerms {
  const terms = { ...input, startsAt: new Date(input.startsAt), endsAt: new Date(input.endsAt) }
  const lastsMs = terms.endsAt.getTime() - terms.startsAt.getTime()
  if (lastsMs <= 0) throw invalid('endsAt', '结束时间要晚于开始时间')
  if (lastsMs > limits.rainHours * 3_600_000)
    throw invalid('endsAt', `一场红包雨最长 ${limits.rainHours} 小时`)
  const { budgetPoints, packetCount, minPoints, maxPoints, expiry } = terms
  if (minPoints > maxPoints) throw invalid('maxPoints', '一个红包最多的积分不能少于最少的')
  if (minPoints * packetCount > budgetPoints)
    throw invalid(
      'budgetPoints',
      `预算不够：${packetCount} 个红包每个至少 ${minPoints}，至少要 ${minPoints * packetCount} 积分`,
    )
  if (maxPoints * packetCount < budgetPoints)
    throw invalid(
      'budgetPoints',
      `预算分不完：${packetCount} 个红包每个最多 ${maxPoints}，最多能发 ${maxPoints * packetCount} 积分`,
    )
  if (expiry?.kind === 'date' && daysBetween(expiry.date, calendar.dateOf(terms.endsAt)) > 0)
    throw invalid('expiry.date', '积分的到期日不能早于活动结束')
  return terms
}
