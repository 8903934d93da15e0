import type { z } from 'zod'
import { redeem as contract } from '#shared/contracts/staff'
import { DomainError } from '../../../kernel/errors'
import { type OnceResult, runOnce } from '../../../platform/idempotency/run-once'
import type { Services } from '../../../platform/services'
import { guardGuess } from '../../guesses'
import { findNicks, maskMember } from '../../members'
import { requireStaff } from '../../staff'
import { type Order, OrderModel } from '../order.model'
import { RedemptionCodeModel } from '../redemption-code.model'
import { lookupOf, parseDigits, parseQrText, proveQrText } from '../redemption-codes'
import { presentRedemptionOrder } from '../redemptions.presenter'
import { invalidState, transitionOrder } from './transition-order'

type Answer = z.input<typeof contract.response>
type Staff = Awaited<ReturnType<typeof requireStaff>>

/** A code as a staff member shows it, and from where. */
interface ShownCode {
  staffId: string
  code: string
  clientAddress: string
}

/** What a code stands for, checked for this store, without changing anything. @throws the `redemption.*` codes. */
export async function lookUpCode(services: Services, shown: ShownCode): Promise<Answer> {
  const staff = await requireStaff(shown.staffId)
  return presentAnswer(assertRedeemable(services, staff, await findByCode(services, staff, shown)))
}

/**
 * Hands a gift over: of any number of scans of one code exactly one succeeds, the others learn who, when and
 * where. A retry under the same key gets the first answer again.
 * @throws the `redemption.*` codes.
 */
export async function redeemCode(
  services: Services,
  request: ShownCode & { key: string },
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
  // The code is read before the transaction, whose refusal would undo the count of tries; the order is judged inside it.
  return runOnce(once, handOver, {
    around: async (attempt) => {
      orderId = (await findByCode(services, staff, request))._id
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

/** Finds the order of a scanned or typed code. A wrong typed one is a guess; QR texts are too long to be guessed. */
async function findByCode(
  services: Services,
  staff: Staff,
  { code, clientAddress }: ShownCode,
): Promise<Order> {
  const qr = parseQrText(code)
  if (qr) return findByQrText(services, qr)
  const guess = {
    secret: 'redemption-code',
    who: staff.id,
    label: `兑换码（店员「${staff.name}」）`,
    clientAddress,
  } as const
  const order = await guardGuess(services, guess, async () => {
    const found = await findByDigits(services, code)
    return { isWrong: found === null, outcome: found }
  })
  if (!order?.code) throw new DomainError('redemption.code_invalid')
  if (!order.code.typedCodeAllowed) throw new DomainError('redemption.digits_disabled')
  return order
}

async function findByDigits({ codeKeys }: Services, code: string): Promise<Order | null> {
  const digits = parseDigits(code)
  const found = digits ? await RedemptionCodeModel.findById(lookupOf(codeKeys, digits)).lean() : null
  const order = found ? await OrderModel.findById(found.orderId).lean() : null
  return order?.code ? order : null
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
