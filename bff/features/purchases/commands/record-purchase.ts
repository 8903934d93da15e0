import type { z } from 'zod'
import type { recordPurchase as contract } from '#shared/contracts/purchases'
import type { Settings } from '#shared/contracts/settings'
import { DomainError, notFound } from '../../../kernel/errors'
import { sha256 } from '../../../kernel/secrets'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { OpenPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import {
  type Awarded,
  awardPurchase,
  basicsOf,
  findRunningRules,
  type PurchaseFacts,
  withBudgetLocks,
} from '../../earning'
import { addSpend, findMemberIdByPhone, type Member, requireOpenMember, standingOf } from '../../members'
import { readSettings } from '../../settings'
import { findStores } from '../../stores'
import { addGrowth } from '../../tiers'
import { type Purchase, PurchaseModel, purchaseIdOf } from '../purchase.model'
import { type Refund, RefundModel } from '../refund.model'
import { meetRefunds } from './meet-refunds'
import { applyRefund, growthFor } from './record-refund'

type Input = z.output<typeof contract.body>
type PurchaseServices = Pick<Services, 'clock' | 'calendar' | 'codeKeys' | 'locks' | 'outbox'>

/** Shops' clocks run fast at times. */
const aheadMs = 5 * 60_000
const oldestMs = 90 * 86_400_000

/**
 * Records a purchase once and gives its points, by the rules that run and the facts as they are now. A repeat gives the
 * first one's result. A blocked member's purchase earns nothing, and stays so. Refunds that came first are applied at once.
 * @throws `resource.not_found` for an unknown member or store; `member.closed`, `purchase.differs`, `request.invalid`.
 */
export async function recordPurchase(
  services: PurchaseServices,
  client: OpenPrincipal,
  input: Input,
): Promise<{ purchase: Purchase; repeated: boolean }> {
  const _id = purchaseIdOf(client.id, input.purchaseNumber)
  const inputHash = sha256(JSON.stringify(input))
  const known = await findRepeated(_id, inputHash)
  if (known) return { purchase: known, repeated: true }
  const occurredAt = readTime(services, input.occurredAt)
  const memberId = await findBuyer(services, input.member)
  if (input.storeId && (await findStores([input.storeId])).length === 0) throw notFound('没有这家门店')
  try {
    const draft = { _id, clientId: client.id, input, inputHash, occurredAt, memberId }
    const purchase = await withBudgetLocks(services, () => inTransaction(() => record(services, draft)))
    return { purchase, repeated: false }
  } catch (error) {
    // Told twice at once: the one that came second reads what the first one wrote.
    const meanwhile = isDuplicateKey(error) ? await findRepeated(_id, inputHash) : null
    if (!meanwhile) throw error
    return { purchase: meanwhile, repeated: true }
  }
}

interface Draft {
  _id: string
  clientId: string
  input: Input
  inputHash: string
  occurredAt: Date
  memberId: string
}

async function record(services: PurchaseServices, draft: Draft): Promise<Purchase> {
  const { _id, clientId, input, inputHash, occurredAt, memberId } = draft
  await meetRefunds(_id)
  const member = await requireOpenMember(memberId)
  const waiting = await RefundModel.find({ purchaseId: _id, state: 'waiting' }).sort({ receivedAt: 1 }).lean()
  const rules = await findRunningRules()
  const settings = await readSettings()
  const { lines, ...facts } = factsOf(services, member, input, occurredAt)
  const key = `purchase:${_id}`
  const awarded = await award(services, member, { key, facts: { lines, ...facts }, rules, settings, input })
  const { purchaseNumber, storeId } = input
  let purchase: Purchase = {
    ...{
      _id,
      clientId,
      purchaseNumber,
      memberId,
      storeId,
      occurredAt,
      inputHash,
      facts,
      basics: basicsOf(settings),
    },
    lines: input.lines.map((line) => ({ ...line, refundedFen: 0 })),
    ruleIds: rules.map(({ id }) => id),
    ...{ shares: awarded.shares, cuts: awarded.cuts, entries: awarded.entries },
    recordedAt: services.clock.now(),
  }
  const paidFen = lines.reduce((sum, line) => sum + line.paidFen, 0)
  const today = services.calendar.dateOf(services.clock.now())
  purchase.growth = await grow(services, { memberId, date: facts.businessDate, today, settings, paidFen })
  await insertWhole(PurchaseModel, [purchase])
  await addSpend(memberId, facts.businessDate, paidFen, today)
  if (member.invitedByCode && paidFen > 0) await services.outbox.publish('member.bought', { memberId })
  for (const refund of waiting) purchase = await applyWaiting(services, purchase, refund)
  return purchase
}

/** A shop's clock may be in tomorrow already; growth counts up to today. */
async function grow(
  services: PurchaseServices,
  bought: { memberId: string; date: string; today: string; settings: Settings; paidFen: number },
): Promise<NonNullable<Purchase['growth']>> {
  const { memberId, settings, paidFen } = bought
  const [date = bought.today] = [bought.date, bought.today].sort()
  const perYuan = settings.growthPerYuan
  const value = await addGrowth(services, { memberId, date, value: growthFor(paidFen, perYuan) })
  return { date, perYuan, value }
}

/** A refund that waited and asks for more than was paid is kept as refused; the purchase counts all the same. */
async function applyWaiting(
  services: PurchaseServices,
  purchase: Purchase,
  refund: Refund,
): Promise<Purchase> {
  try {
    const { purchase: after, pointsTakenBack } = await applyRefund(services, purchase, refund)
    await RefundModel.updateOne({ _id: refund._id }, { $set: { state: 'applied', pointsTakenBack } })
    return after
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    await RefundModel.updateOne({ _id: refund._id }, { $set: { state: 'refused', reason: error.message } })
    return purchase
  }
}

async function award(
  services: PurchaseServices,
  member: Member,
  {
    input,
    ...request
  }: {
    key: string
    facts: PurchaseFacts
    rules: Awaited<ReturnType<typeof findRunningRules>>
    settings: Settings
    input: Input
  },
): Promise<Awarded> {
  if (member.blockedReason !== null)
    return {
      points: 0,
      shares: [],
      entries: [],
      cuts: [{ ruleId: null, reason: '账号冻结期间不得积分', points: 0 }],
    }
  const [store] = input.storeId ? await findStores([input.storeId]) : []
  const paidFen = request.facts.lines.reduce((sum, line) => sum + line.paidFen, 0)
  const yuan = (paidFen / 100).toFixed(2)
  return awardPurchase(services, {
    ...request,
    memberId: member._id,
    source: 'purchase',
    title: '消费得积分',
    detail: store ? `${store.name}消费 ${yuan} 元` : `消费 ${yuan} 元`,
  })
}

async function findRepeated(_id: string, inputHash: string): Promise<Purchase | null> {
  const purchase = await PurchaseModel.findById(_id).lean()
  if (purchase && purchase.inputHash !== inputHash) throw new DomainError('purchase.differs')
  return purchase
}

function readTime({ clock }: PurchaseServices, text: string): Date {
  const occurredAt = new Date(text)
  const ageMs = clock.now().getTime() - occurredAt.getTime()
  if (ageMs < -aheadMs || ageMs > oldestMs)
    throw new DomainError('request.invalid', {
      message: ageMs < 0 ? '付款时间在未来' : '付款时间太久了，只收 90 天以内的',
      details: { path: 'body.occurredAt' },
    })
  return occurredAt
}

async function findBuyer(services: PurchaseServices, buyer: Input['member']): Promise<string> {
  const memberId = 'id' in buyer ? buyer.id : await findMemberIdByPhone(services, buyer.phone)
  if (!memberId) throw notFound('没有会员绑定这个手机号')
  return memberId
}

function factsOf(
  { calendar }: PurchaseServices,
  member: Member,
  { lines, storeId }: Input,
  occurredAt: Date,
): PurchaseFacts {
  const { tier, groups, birthday, accountKind } = standingOf(member)
  return {
    lines: lines.map(({ paidFen, productGroup, isDiscounted }) => ({ paidFen, productGroup, isDiscounted })),
    storeId,
    occurredAt,
    businessDate: calendar.dateOf(occurredAt),
    ...{ tier, groups, accountKind },
    birthday: birthday?.slice(5) ?? null,
  }
}
