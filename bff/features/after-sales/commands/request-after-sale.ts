import type { z } from 'zod'
import { requestAfterSale as contract } from '#shared/contracts/after-sales'
import { notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { type OnceResult, runOnce } from '../../../platform/idempotency/run-once'
import { inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import { closeAfterSale, findOrder, type Order, openAfterSale, titleOf } from '../../orders'
import { attachUploads } from '../../uploads'
import { type AfterSale, AfterSaleModel } from '../after-sale.model'
import { invalidField, invalidState, noAfterSale, notAllowed } from '../after-sales.errors'
import { presentAfterSale } from '../after-sales.presenter'
import { judge, piecesLeft } from '../after-sales.rules'
import { kindNames } from '../after-sales.states'
import { type AfterSaleServices, moveAfterSale, orderOf } from './move-after-sale'

type Input = z.output<typeof contract.body>
type Answer = z.input<typeof contract.response>

/**
 * Asks for something after an order: the request, its photos and the order's mark are one transaction, so that an order
 * has one request at a time.
 * @throws `after_sale.not_allowed` with the reason; `resource.not_found` for an unknown order or photo.
 */
export function requestAfterSale(
  services: AfterSaleServices,
  { memberId, key, input }: { memberId: string; key: string; input: Input },
): Promise<OnceResult<Answer>> {
  const now = services.clock.now()
  const photoIds = [...new Set(input.photoIds)]
  if (input.kind === 'damage' && photoIds.length === 0) {
    throw invalidField('photoIds', '请附一张照片或截图')
  }
  if (input.kind === 'cancel' && input.items) throw invalidField('items', '取消只能是整张订单')
  const once = { actor: `member:${memberId}`, operation: contract.id, key, input, now }
  return runOnce(once, async () => {
    const order = await findOrder({ _id: input.orderId, memberId })
    if (!order) throw notFound('没有这张订单')
    const items = choosePieces(order, input.items)
    const wanted = order.items.filter(({ stockId }) => items.some((item) => item.stockId === stockId))
    const permission = judge(input.kind, order, wanted, { now, calendar: services.calendar })
    if (!permission.isAllowed) throw notAllowed(permission.reason, permission.message)
    const afterSale: AfterSale = {
      _id: newId(),
      memberId,
      orderId: order._id,
      orderNumber: order.number,
      kind: input.kind,
      state: 'requested',
      items,
      reason: input.reason,
      photoIds,
      resolution: null,
      partialPoints: null,
      refundedPoints: 0,
      decisionNote: null,
      returnParcel: null,
      returnDueAt: null,
      replacementParcel: null,
      timeline: [{ state: 'requested', note: kindNames[input.kind], at: now }],
      requestedAt: now,
    }
    await openAfterSale(order, afterSale._id)
    await attachUploads({ memberId, uploadIds: photoIds, attachedTo: `after-sale:${afterSale._id}` })
    await AfterSaleModel.insertMany([afterSale])
    await services.outbox.publish('after-sale.requested', {
      memberId,
      orderId: order._id,
      afterSaleId: afterSale._id,
      kind: input.kind,
      giftName: titleOf(afterSale),
    })
    return { status: 201, body: { afterSale: presentAfterSale(afterSale) } }
  })
}

/** The pieces asked for, at most those not yet given up; all of them when none are named. */
function choosePieces(order: Order, wanted: Input['items']): AfterSale['items'] {
  const quantities = new Map<string, number>()
  for (const { giftId, skuId = null, quantity } of wanted ?? []) {
    const item = order.items.find((candidate) => candidate.giftId === giftId && candidate.skuId === skuId)
    if (!item) throw invalidField('items', '订单里没有这件礼品')
    const total = (quantities.get(item.stockId) ?? 0) + quantity
    if (total > piecesLeft(item))
      throw invalidField('items', `「${item.name}」最多还能申请 ${piecesLeft(item)} 件`)
    quantities.set(item.stockId, total)
  }
  return order.items
    .map((item) => ({ item, quantity: wanted ? (quantities.get(item.stockId) ?? 0) : piecesLeft(item) }))
    .filter(({ quantity }) => quantity > 0)
    .map(({ item: { giftId, skuId, stockId, name, skuName, thumbnailUrl, pricePoints }, quantity }) => ({
      giftId,
      skuId,
      stockId,
      name,
      skuName,
      thumbnailUrl,
      quantity,
      pricePoints,
    }))
}

/** The member no longer wants it; the order goes on as if nothing had been asked. @throws `after_sale.invalid_state` */
export const withdrawAfterSale = (
  services: AfterSaleServices,
  memberId: string,
  afterSaleId: string,
): Promise<AfterSale> =>
  inTransaction(async () => {
    const before = await findOwn(memberId, afterSaleId)
    if (before.returnParcel) throw invalidState(before, '礼品已经寄回，不能撤销了')
    const after = await moveAfterSale(services, before, { to: 'withdrawn', event: 'after-sale.withdrawn' })
    await closeAfterSale(await orderOf(before), before._id)
    return after
  })

/** The member has sent the gift back; may be corrected until it arrives. @throws `after_sale.invalid_state` */
export const sendBack = (
  memberId: string,
  afterSaleId: string,
  returnParcel: NonNullable<AfterSale['returnParcel']>,
): Promise<AfterSale> =>
  inTransaction(async () => {
    const before = await findOwn(memberId, afterSaleId)
    if (before.state !== 'waiting_return') throw invalidState(before, '现在不用寄回')
    const set = await AfterSaleModel.updateOne(
      { _id: before._id, state: 'waiting_return' },
      { $set: { returnParcel } },
    )
    if (set.matchedCount !== 1) throw new StaleReadError('after-sale state')
    return { ...before, returnParcel }
  })

export async function findOwn(memberId: string, afterSaleId: string): Promise<AfterSale> {
  const afterSale = await AfterSaleModel.findOne({ _id: afterSaleId, memberId }).lean()
  if (!afterSale) throw noAfterSale()
  return afterSale
}
