import type { z } from 'zod'
import { redeem as contract } from '#shared/contracts/staff'
import { DomainError } from '../../../kernel/errors'
import { type OnceResult, runOnce } from '../../../platform/idempotency/run-once'
import type { Services } from '../../../platform/services'
import { findNicks, maskMember } from '../../members'
import { requireStaff } from '../../staff'
import { type Order, OrderModel } from '../order.model'
import { RedemptionCodeModel } from '../redemption-code.model'
import { lookupOf, parseDigits, parseQrText, proveQrText } from '../redemption-codes'
import { presentRedemptionOrder } from '../redemptions.presenter'
import { invalidState, transitionOrder } from './transition-order'

type Answer = z.input<typeof contract.response>
type Staff = Awaited<ReturnType<typeof requireStaff>>

/** What a code stands for, checked for this store, without changing anything. @throws the `redemption.*` codes. */
export async function lookUpCode(services: Services, staffId: string, code: string): Promise<Answer> {
  const staff = await requireStaff(staffId)
  return presentAnswer(assertRedeemable(services, staff, await findByCode(services, staff.id, code)))
}

/**
 * Hands a gift over: of any number of scans of one code exactly one succeeds, the others learn who, when and
 * where. A retry under the same key gets the first answer again.
 * @throws the `redemption.*` codes.
 */
export async function redeemCode(
  services: Services,
  request: { staffId: string; code: string; key: string },
): Promise<OnceResult<Answer>> {
  const { staffId, code, key } = request
  const staff = await requireStaff(staffId)
  const once = {
    actor: `staff:${staffId}`,
    operation: contract.id,
    key,
    input: { code },
    now: services.clock.now(),
  }
  let orderId = ''
  const handOver = async () => {
    const found = await OrderModel.findById(orderId).lean()
    if (!found) throw new DomainError('redemption.code_invalid')
    const order = assertRedeemable(services, staff, found)
    const handedOver = {
      staffId,
      staffName: staff.name,
      storeId: staff.store._id,
      storeName: staff.store.name,
      redeemedAt: services.clock.now(),
    }
    const completed = await transitionOrder(services, order, {
      to: 'completed',
      set: { handedOver },
      note: staff.store.name,
      event: 'order.handed-over',
      payload: { storeName: staff.store.name },
    })
    return { status: 200, body: await presentAnswer(completed) }
  }
  // The code is read before the transaction, since tries are counted in Redis; the order is judged inside it.
  return runOnce(once, handOver, {
    around: async (attempt) => {
      orderId = (await findByCode(services, staffId, code))._id
      return attempt()
    },
  })
}

async function presentAnswer(order: Order): Promise<Answer> {
  const nicks = await findNicks([order.memberId])
  return {
    order: presentRedemptionOrder(order),
    member: { masked: maskMember(order.memberId, nicks.get(order.memberId) ?? '') },
  }
}

function assertRedeemable({ clock }: Pick<Services, 'clock'>, staff: Staff, order: Order): Order {
  const { handedOver } = order
  if (handedOver) {
    const { staffName, storeName, redeemedAt } = handedOver
    throw new DomainError('redemption.already_used', {
      details: { staffName, storeName, redeemedAt: redeemedAt.toISOString() },
    })
  }
  if (order.state !== 'to_pick_up') throw invalidState(order)
  if (order.pickUpExpiresAt && order.pickUpExpiresAt < clock.now())
    throw new DomainError('redemption.code_expired')
  if (order.storeIds.length > 0 && !order.storeIds.includes(staff.store._id))
    throw new DomainError('redemption.wrong_store')
  return order
}

/** Finds the order of a scanned or typed code. A wrong typed one costs one of the staff's tries. */
async function findByCode(services: Services, staffId: string, code: string): Promise<Order> {
  const qr = parseQrText(code)
  if (qr) return findByQrText(services, qr)
  await services.rateLimits.count('typed-code', staffId)
  const digits = parseDigits(code)
  const found = digits ? await RedemptionCodeModel.findById(lookupOf(services.codeKeys, digits)).lean() : null
  const order = found ? await OrderModel.findById(found.orderId).lean() : null
  if (!order?.code) throw new DomainError('redemption.code_invalid')
  await services.rateLimits.giveBack('typed-code', staffId)
  if (!order.code.typedCodeAllowed) throw new DomainError('redemption.digits_disabled')
  return order
}

async function findByQrText(
  services: Services,
  qr: NonNullable<ReturnType<typeof parseQrText>>,
): Promise<Order> {
  const order = await OrderModel.findById(qr.orderId).lean()
  const proof = order ? proveQrText(services.codeKeys, order, qr, services.clock.now()) : 'wrong'
  if (!order || proof === 'wrong') throw new DomainError('redemption.code_invalid')
  // Who redeemed an order may be told for as long as the text is genuine; only handing over needs a fresh one.
  if (proof === 'stale' && !order.handedOver) {
    throw new DomainError('redemption.code_expired', { message: '二维码已过期，请会员刷新后再扫' })
  }
  return order
}
