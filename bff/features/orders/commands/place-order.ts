import { randomInt } from 'node:crypto'
import type { z } from 'zod'
import { placeOrder as contract } from '#shared/contracts/orders'
import { addDays } from '#shared/domain/business-date'
import type { HandOver, OrderState } from '#shared/domain/enums'
import { DomainError, isDomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { type OnceResult, runOnce } from '../../../platform/idempotency/run-once'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import { findAddress } from '../../addresses'
import { takeFromBasket } from '../../basket'
import { commonStoreIds, poolIdOf, reserveStock, stockIdOf, takeClaims, thumbnailOf } from '../../gifts'
import { requireActiveMember } from '../../members'
import { placeHold } from '../../points'
import { findStores } from '../../stores'
import type { CodeVerdict } from '../../verification-codes'
import { type Order, type OrderItem, OrderModel } from '../order.model'
import { presentOrder } from '../orders.presenter'
import { titleOf } from '../orders.titles'
import { RedemptionCodeModel } from '../redemption-code.model'
import { createCode } from '../redemption-codes'
import { issueOrder } from './issue-order'
import {
  type LoadedLine,
  loadLines,
  mergeByGift,
  mergeLines,
  oneHandOver,
  reviewReasons,
} from './order-lines'
import { orderLocks } from './order-queue'
import { passSecondCheck, tryOrderCode } from './second-check'
import { marksOf } from './transition-order'

type Input = z.output<typeof contract.body>
type Answer = z.input<typeof contract.response>

/**
 * Redeems one or several gifts in one order, all or nothing: order, claims, stock and hold are one transaction.
 * The gate turns away who was just refused, locks queue the rest; neither is needed for the order to be right.
 * @throws the refusals listed in the contract.
 */
export async function placeOrder(
  services: Services,
  request: { memberId: string; key: string; input: Input; clientAddress: string },
): Promise<OnceResult<Answer>> {
  const { memberId, key } = request
  // The code proves who asks and is no part of what is asked for: a retry without it is the same order.
  const { verificationCode, ...rest } = request.input
  const input = { ...rest, items: mergeLines(rest.items) }
  const once = { actor: `member:${memberId}`, operation: contract.id, key, input, now: services.clock.now() }
  const giftIds = input.items.map(({ giftId }) => giftId)
  const locks = orderLocks(memberId, giftIds)
  const refuseMarked = () => refuseAtGate(services, memberId, input)
  let verdict: CodeVerdict | null = null
  return runOnce(once, () => reserveAll(services, memberId, input, verdict), {
    gate: refuseMarked,
    around: async (attempt) => {
      verdict = await tryOrderCode(services, memberId, verificationCode, request.clientAddress)
      return services.locks.withLocks(locks, async (hasQueued) => {
        // The crowd that queued here may have been refused meanwhile: marked while the next one still waits.
        if (hasQueued) await refuseMarked()
        return attempt().catch(async (error: unknown) => {
          await markRefusal(services, memberId, error)
          throw error
        })
      })
    },
  })
}

async function refuseAtGate(
  { gate, clock, calendar }: Services,
  memberId: string,
  { items, storeId }: Pick<Input, 'items' | 'storeId'>,
): Promise<void> {
  const today = calendar.dateOf(clock.now())
  for (const { giftId, skuId = null } of items) {
    // Whether the gift keeps stock per store is not known yet: only one of the two pools can be there, and be marked.
    const storePool = storeId ? stockIdOf(giftId, skuId, storeId) : null
    const pools = [stockIdOf(giftId, skuId), ...(storePool ? [storePool] : [])]
    const marks = pools.flatMap((stockId) => marksOf(memberId, { giftId, stockId }, today))
    const marked = await gate.marked([...new Set(marks.map(({ key }) => key))])
    const found = marks.find(({ key }) => marked.includes(key))
    if (!found) continue
    const isOfStore = storePool !== null && found.key === redisKeys.soldOutMark(giftId, storePool)
    throw new DomainError(found.code, {
      message: isOfStore ? '这家门店已经换完了' : undefined,
      details: { giftId, left: 0, ...(isOfStore ? { storeId } : {}) },
    })
  }
}

/** Marks what MongoDB refused for good; a refusal that leaves some for others is no reason to turn them away. */
async function markRefusal(
  { gate, clock, calendar }: Services,
  memberId: string,
  error: unknown,
): Promise<void> {
  if (!isDomainError(error) || error.details?.left !== 0) return
  const { giftId, stockId, counts } = error.details
  // The gate's own refusals name no pool. A campaign's place may come back with an order of another gift, which
  // clears no mark of this one.
  if (!stockId || counts === 'inCampaign') return
  const wanted = counts === 'ofQuota' || counts === 'today' ? 'date' : 'all'
  const today = calendar.dateOf(clock.now())
  const mark = marksOf(memberId, { giftId: String(giftId), stockId: String(stockId) }, today).find(
    (candidate) => candidate.code === error.code && candidate.counts === wanted,
  )
  if (mark) await gate.mark(mark.key)
}

async function reserveAll(
  services: Services,
  memberId: string,
  input: Input,
  verdict: CodeVerdict | null,
): Promise<{ status: number; body: Answer }> {
  const member = await requireActiveMember(memberId)
  const lines = await loadLines(input.items, member.tier, services.clock.now())
  const handOver = oneHandOver(lines)
  const order = await draftOrder(services, memberId, handOver, lines, input)
  for (const { gift, ...pieces } of mergeByGift(lines))
    await takeClaims(services, gift, { member, orderId: order._id, ...pieces })
  for (const item of order.items)
    await reserveStock(services, { ...item, giftName: item.name, orderId: order._id })
  const account = await placeHold(services, {
    memberId,
    orderId: order._id,
    points: order.totalPoints,
    title: `兑换 ${titleOf(order)}`,
  })
  // Last of what may refuse: nobody types a code for an order that cannot be.
  order.uncheckedOn = await passSecondCheck(services, order, verdict)
  if (order.handOver === 'pickup') order.code = await registerCode(services, order._id, lines)
  await insertWhole(OrderModel, [order])
  if (order.state === 'issued') await issueOrder(services, order)
  if (input.fromBasket) await takeFromBasket(memberId, order.items)
  await services.outbox.publish('order.placed', {
    memberId,
    orderId: order._id,
    giftName: titleOf(order),
    totalPoints: order.totalPoints,
  })
  // What was issued is spent already.
  const frozen = account.held - (order.state === 'issued' ? order.totalPoints : 0)
  const balance = { available: account.available, frozen }
  return { status: 201, body: { order: await presentOrder(order, balance) } }
}

const firstState: Record<HandOver, OrderState> = {
  delivery: 'to_ship',
  pickup: 'to_pick_up',
  virtual: 'issued',
}

async function draftOrder(
  { clock, calendar }: Services,
  memberId: string,
  handOver: HandOver,
  lines: readonly LoadedLine[],
  input: Input,
): Promise<Order> {
  const placedAt = clock.now()
  const today = calendar.dateOf(placedAt)
  const storeIds = handOver === 'pickup' ? await chooseStores(lines, input.storeId) : []
  const items: OrderItem[] = lines.map(({ gift, skuId, quantity, pricePoints }) => ({
    giftId: gift._id,
    skuId,
    stockId: poolIdOf(gift, skuId, input.storeId ?? null),
    name: gift.name,
    skuName: gift.skus.find(({ id }) => id === skuId)?.name ?? null,
    thumbnailUrl: thumbnailOf(gift),
    quantity,
    pricePoints,
    returnDays: gift.returnDays,
    refundedPieces: 0,
    replacedPieces: 0,
    restockedPieces: 0,
  }))
  const reasons = reviewReasons(lines)
  const state = reasons.length > 0 ? 'reviewing' : firstState[handOver]
  const validDays = Math.min(...lines.map(({ gift }) => gift.pickUpValidDays))
  return {
    _id: newId(),
    number: today.replaceAll('-', '') + String(randomInt(1e9)).padStart(9, '0'),
    memberId,
    state,
    handOver,
    items,
    totalPoints: items.reduce((sum, { pricePoints, quantity }) => sum + pricePoints * quantity, 0),
    address: handOver === 'delivery' ? await requireAddress(memberId, input.addressId) : null,
    storeIds,
    shipment: null,
    handedOver: null,
    code: null,
    pickUpExpiresAt: handOver === 'pickup' ? calendar.endOf(addDays(today, validDays)) : null,
    autoConfirmsAt: null,
    rejectionReason: null,
    review: reasons.length > 0 ? { reasons, remindedAt: null } : null,
    timeline: [{ state, note: null, at: placedAt }],
    openAfterSaleId: null,
    refundedPoints: 0,
    uncheckedOn: null,
    placedAt,
  }
}

async function requireAddress(memberId: string, addressId: string | undefined): Promise<Order['address']> {
  if (!addressId)
    throw new DomainError('request.invalid', { message: '请选择收货地址', details: { path: 'addressId' } })
  const address = await findAddress(memberId, addressId)
  if (!address) throw notFound('没有这个地址')
  const { name, phone, region, detail } = address
  return { name, phone, region, detail }
}

/** The stores that can hand over every line: what all gifts have in common, or the one the member chose of them. */
async function chooseStores(lines: readonly LoadedLine[], storeId: string | undefined): Promise<string[]> {
  const common = commonStoreIds(lines.map(({ gift }) => gift))
  if (common?.length === 0)
    throw new DomainError('request.invalid', { message: '这些礼品没有能一起领取的门店' })
  if (storeId === undefined && lines.some(({ gift }) => gift.stockPerStore))
    throw new DomainError('request.invalid', { message: '请选择领取门店', details: { path: 'storeId' } })
  if (storeId === undefined) return common ?? []
  const isOffered = common ? common.includes(storeId) : (await findStores([storeId])).length > 0
  if (!isOffered) {
    throw new DomainError('request.invalid', { message: '这家门店不能领取', details: { path: 'storeId' } })
  }
  return [storeId]
}

async function registerCode(
  services: Services,
  orderId: string,
  lines: readonly LoadedLine[],
): Promise<Order['code']> {
  const typedCodeAllowed = lines.every(({ gift }) => gift.typedCodeAllowed)
  const { code, lookup } = createCode(services.codeKeys, orderId, typedCodeAllowed)
  await insertWhole(RedemptionCodeModel, [{ _id: lookup, orderId }]).catch((error: unknown) => {
    // Another order has the same twelve digits: the next attempt throws the dice again.
    throw isDuplicateKey(error) ? new StaleReadError('redemption code') : error
  })
  return code
}
