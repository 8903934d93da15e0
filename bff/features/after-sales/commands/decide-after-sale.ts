import type { z } from 'zod'
import type * as contracts from '#shared/contracts/after-sales'
import { addDays } from '#shared/domain/business-date'
import type { Resolution } from '#shared/domain/enums'
import { runOnce } from '../../../platform/idempotency/run-once'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import { recordAudit } from '../../audit'
import {
  clearMarks,
  closeAfterSale,
  inOrderQueue,
  type Order,
  refundPieces,
  refundPoints,
  replacePieces,
} from '../../orders'
import { readSettings } from '../../settings'
import { type AfterSale, AfterSaleModel } from '../after-sale.model'
import { invalidField, invalidState, noAfterSale, notAllowed } from '../after-sales.errors'
import { comesBack, settledState } from '../after-sales.states'
import { type AfterSaleServices, moveAfterSale, orderOf } from './move-after-sale'

type Approval = z.output<typeof contracts.approveAfterSale.body>
type Receipt = z.output<typeof contracts.receiveAfterSale.body>
type Settling = Pick<Approval, 'restock' | 'parcel' | 'note'> & {
  resolution: Resolution
  points?: number | null
}

interface Decision<Input> {
  admin: AdminPrincipal
  afterSaleId: string
  operation: string
  key: string
  input: Input
}

/**
 * Approves a request. What comes back is settled when it has arrived, everything else at once: points to their lots,
 * pieces and the order's state in this transaction.
 * @throws `after_sale.invalid_state`, `after_sale.not_allowed`, `points.limit_reached`, `gift.sold_out`.
 */
export function approveAfterSale(
  services: AfterSaleServices,
  decision: Decision<Approval>,
): Promise<AfterSale> {
  const { resolution, points = null, note = null } = decision.input
  if ((resolution === 'refund_partial') !== (points !== null)) {
    throw invalidField('points', '部分退回要写明积分，其余不用')
  }
  return decideOnce(services, decision, async (before) => {
    if (before.state !== 'requested') throw invalidState(before)
    if (before.kind === 'cancel' && resolution !== 'refund') {
      throw notAllowed('resolution', '取消只能全部退回')
    }
    if (!comesBack.includes(before.kind)) return settle(services, before, decision.input)
    const dueAt = await returnDueAt(services)
    return moveAfterSale(services, before, {
      to: 'waiting_return',
      set: {
        resolution,
        partialPoints: points,
        decisionNote: note,
        returnDueAt: dueAt,
      },
      note,
      event: 'after-sale.approved',
      payload: { returnBy: services.calendar.dateOf(dueAt) },
    })
  })
}

/** The date the member is told, and that stays whatever the number becomes. */
async function returnDueAt({ clock, calendar }: AfterSaleServices): Promise<Date> {
  const { returnLapseDays } = await readSettings()
  return calendar.endOf(addDays(calendar.dateOf(clock.now()), returnLapseDays))
}

/** What was sent back has arrived: settles as was approved, or as now said. @throws as `approveAfterSale`. */
export const receiveAfterSale = (
  services: AfterSaleServices,
  decision: Decision<Receipt>,
): Promise<AfterSale> =>
  decideOnce(services, decision, (before) => {
    if (before.state !== 'waiting_return') throw invalidState(before)
    const resolution = decision.input.resolution ?? before.resolution ?? 'refund'
    return settle(services, before, {
      ...decision.input,
      note: decision.input.note ?? before.decisionNote ?? undefined,
      resolution,
      points: before.partialPoints,
    })
  })

/** Refuses a request, or what was sent back; the order goes on. @throws `after_sale.invalid_state` */
export const rejectAfterSale = (
  services: AfterSaleServices,
  { admin, afterSaleId, operation, input }: Omit<Decision<{ reason: string }>, 'key'>,
): Promise<AfterSale> =>
  inTransaction(async () => {
    const before = await findAfterSale(afterSaleId)
    const after = await moveAfterSale(services, before, {
      to: 'rejected',
      set: { decisionNote: input.reason },
      note: input.reason,
      event: 'after-sale.rejected',
    })
    await closeAfterSale(await orderOf(before), before._id)
    await audit(services, admin, operation, before, after, input)
    return after
  })

export async function findAfterSale(afterSaleId: string): Promise<AfterSale> {
  const afterSale = await AfterSaleModel.findById(afterSaleId).lean()
  if (!afterSale) throw noAfterSale()
  return afterSale
}

async function decideOnce<Input extends object>(
  services: AfterSaleServices,
  { admin, afterSaleId, operation, key, input }: Decision<Input>,
  decide: (before: AfterSale) => Promise<AfterSale>,
): Promise<AfterSale> {
  const once = {
    actor: `admin:${admin.id}`,
    operation,
    key,
    input: { afterSaleId, ...input },
    now: services.clock.now(),
  }
  const effect = async () => {
    const before = await findAfterSale(afterSaleId)
    const after = await decide(before)
    await audit(services, admin, operation, before, after, input)
    return { status: 200, body: null }
  }
  // Pieces come back or further ones are taken: queued with those who redeem the same gifts.
  await runOnce(once, effect, {
    around: async (attempt) =>
      inOrderQueue(services, await orderOf(await findAfterSale(afterSaleId)), attempt),
  })
  // Outside the transaction, and after it: pieces may have come back for those the gate turned away.
  const after = await findAfterSale(afterSaleId)
  await clearMarks(services, await orderOf(after))
  return after
}

/** Does what was decided to points, pieces and order, and then to the after-sale itself. */
async function settle(
  services: AfterSaleServices,
  before: AfterSale,
  settling: Settling,
): Promise<AfterSale> {
  const { resolution, note = null, parcel = null } = settling
  const order = await orderOf(before)
  const { points: refundedPoints, state: orderState } = await settleOrder(services, order, before, settling)
  return moveAfterSale(services, before, {
    to: settledState[resolution],
    set: {
      resolution,
      refundedPoints,
      replacementParcel: resolution === 'replace' ? parcel : null,
      decisionNote: note,
    },
    note: parcel && resolution === 'replace' ? `${parcel.carrier} ${parcel.trackingNumber}` : note,
    event: `after-sale.${settledState[resolution]}`,
    payload: { orderState },
  })
}

async function settleOrder(
  services: AfterSaleServices,
  order: Order,
  { _id: afterSaleId, items: pieces }: AfterSale,
  { resolution, points, restock, parcel }: Settling,
): Promise<{ points: number; state: Order['state'] }> {
  if (order.handOver === 'virtual') {
    // Whoever has seen a code may have used it.
    if (restock) throw invalidField('restock', '发出的券码不能回到库存')
    if (parcel) throw invalidField('parcel', '补发的券码没有包裹')
  }
  switch (resolution) {
    case 'refund':
      return refundPieces(services, order, { afterSaleId, pieces, restock })
    case 'refund_partial':
      await refundPoints(services, order, { afterSaleId, pieces, points: points ?? 0 })
      return { points: points ?? 0, state: 'completed' }
    case 'replace':
      if (order.handOver === 'delivery' && !parcel) throw invalidField('parcel', '请填换新寄出的快递和运单号')
      await replacePieces(services, order, { afterSaleId, pieces, restock, parcel: parcel ?? null })
      return { points: 0, state: order.state }
  }
}

const audit = (
  { clock }: Pick<AfterSaleServices, 'clock'>,
  admin: AdminPrincipal,
  operation: string,
  before: AfterSale,
  after: AfterSale,
  input: object,
): Promise<void> =>
  recordAudit(clock, admin, {
    operation,
    targetId: before._id,
    before: { state: before.state },
    after: { state: after.state, refundedPoints: after.refundedPoints, ...input },
  })
