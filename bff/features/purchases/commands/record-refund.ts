import type { z } from 'zod'
import type { recordRefund as contract } from '#shared/contracts/purchases'
import { DomainError } from '../../../kernel/errors'
import { sha256 } from '../../../kernel/secrets'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { OpenPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import {
  type AwardEntry,
  findRuleVersions,
  type GivenShare,
  remainingShares,
  sumOf,
  uncountEarned,
} from '../../earning'
import { addSpend, findMemberById } from '../../members'
import { clawBack, findEntryId } from '../../points'
import { addGrowth } from '../../tiers'
import { type Purchase, type PurchaseLine, PurchaseModel, purchaseIdOf } from '../purchase.model'
import { type Refund, RefundModel } from '../refund.model'
import { meetRefunds } from './meet-refunds'

type Input = z.output<typeof contract.body>
type RefundServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

/**
 * Records a refund once. Its purchase's points are judged anew by what remains paid and the difference is taken back; what
 * is spent already becomes a debt. One whose purchase is not here yet waits for it. A repeat gives the first one's result.
 * @throws `purchase.refund_differs`, `purchase.refund_exceeds`, `purchase.refund_limit_reached`.
 */
export async function recordRefund(
  services: RefundServices,
  client: OpenPrincipal,
  input: Input,
): Promise<{ refund: Refund; repeated: boolean }> {
  const _id = `${client.id} ${input.refundNumber}`
  const inputHash = sha256(JSON.stringify(input))
  const known = await findRepeated(_id, inputHash)
  if (known) return { refund: known, repeated: true }
  const refund: Refund = {
    _id,
    clientId: client.id,
    refundNumber: input.refundNumber,
    purchaseNumber: input.purchaseNumber,
    purchaseId: purchaseIdOf(client.id, input.purchaseNumber),
    lines: input.lines,
    inputHash,
    state: 'waiting',
    reason: null,
    pointsTakenBack: 0,
    receivedAt: services.clock.now(),
  }
  try {
    return { refund: await inTransaction(() => record(services, refund)), repeated: false }
  } catch (error) {
    const meanwhile = isDuplicateKey(error) ? await findRepeated(_id, inputHash) : null
    if (!meanwhile) throw error
    return { refund: meanwhile, repeated: true }
  }
}

async function record(services: RefundServices, refund: Refund): Promise<Refund> {
  // First: of one refund told twice at once the second ends here, and is not judged by what the first one left.
  await insertWhole(RefundModel, [refund])
  await meetRefunds(refund.purchaseId, 1)
  const purchase = await PurchaseModel.findById(refund.purchaseId).lean()
  if (!purchase) return refund
  const { pointsTakenBack } = await applyRefund(services, purchase, refund)
  await RefundModel.updateOne({ _id: refund._id }, { $set: { state: 'applied', pointsTakenBack } })
  return { ...refund, state: 'applied', pointsTakenBack }
}

/**
 * Applies a refund to its purchase, in the caller's transaction.
 * @throws `purchase.refund_exceeds` when a line has not that much left.
 */
export async function applyRefund(
  services: RefundServices,
  purchase: Purchase,
  refund: Pick<Refund, '_id' | 'lines'>,
): Promise<{ purchase: Purchase; pointsTakenBack: number }> {
  const lines = linesAfter(purchase.lines, refund.lines)
  const shares = remainingShares(purchase.shares, {
    facts: {
      ...purchase.facts,
      lines: lines.map((line) => ({ ...line, paidFen: line.paidFen - line.refundedFen })),
    },
    rules: await findRuleVersions(purchase.ruleIds),
    basics: purchase.basics,
  })
  const taken = purchase.shares.map((share, i) => ({
    ...share,
    points: share.points - (shares[i]?.points ?? 0),
  }))
  const draws = drawEntries(purchase.entries, taken)
  const entries = purchase.entries.map((entry, i) => ({
    ...entry,
    points: entry.points - (draws[i]?.points ?? 0),
  }))
  const growth = growthAfter(purchase.growth, lines)
  await PurchaseModel.updateOne(
    { _id: purchase._id },
    { $set: { lines, shares, entries, ...(growth ? { growth } : {}) } },
  )
  await uncountEarned(taken)
  await takeBack(services, purchase.memberId, draws, refund._id)
  const refundedFen = sumRefunded(lines) - sumRefunded(purchase.lines)
  const today = services.calendar.dateOf(services.clock.now())
  await addSpend(purchase.memberId, purchase.facts.businessDate, -refundedFen, today)
  if (growth && purchase.growth) {
    const { memberId } = purchase
    await addGrowth(services, { memberId, date: growth.date, value: growth.value - purchase.growth.value })
  }
  return {
    purchase: { ...purchase, lines, shares, entries, growth },
    pointsTakenBack: sumOf(taken),
  }
}

/** Whole growth for what was paid. */
export const growthFor = (paidFen: number, perYuan: number): number => Math.floor((paidFen * perYuan) / 100)

/** The growth of a purchase by what remains paid: never more than it gave, and none where it gave none. */
function growthAfter(growth: Purchase['growth'], lines: readonly PurchaseLine[]): Purchase['growth'] {
  if (!growth) return undefined
  const leftFen = lines.reduce((sum, { paidFen, refundedFen }) => sum + paidFen - refundedFen, 0)
  return { ...growth, value: Math.min(growth.value, growthFor(leftFen, growth.perYuan)) }
}

const sumRefunded = (lines: readonly PurchaseLine[]): number =>
  lines.reduce((sum, { refundedFen }) => sum + refundedFen, 0)

function linesAfter(lines: readonly PurchaseLine[], refunded: Refund['lines']): PurchaseLine[] {
  if (!refunded) {
    if (lines.every((line) => line.refundedFen === line.paidFen))
      throw new DomainError('purchase.refund_exceeds')
    return lines.map((line) => ({ ...line, refundedFen: line.paidFen }))
  }
  const fenByLine = new Map(refunded.map(({ lineId, fen }) => [lineId, fen]))
  const after = lines.map((line) => {
    const refundedFen = line.refundedFen + (fenByLine.get(line.lineId) ?? 0)
    fenByLine.delete(line.lineId)
    if (refundedFen > line.paidFen)
      throw new DomainError('purchase.refund_exceeds', {
        details: { lineId: line.lineId, leftFen: line.paidFen - line.refundedFen },
      })
    return { ...line, refundedFen }
  })
  const [unknown] = fenByLine.keys()
  if (unknown !== undefined)
    throw new DomainError('purchase.refund_exceeds', {
      message: `消费里没有这一行：${unknown}`,
      details: { lineId: unknown, leftFen: 0 },
    })
  return after
}

/**
 * How much each entry gives back: what its date's shares lost, then, of a point that rounding moved between dates, whichever
 * entry has some left.
 */
function drawEntries(entries: readonly AwardEntry[], taken: readonly GivenShare[]): AwardEntry[] {
  let missing = sumOf(taken)
  const draw = (points: number) => {
    const drawn = Math.min(Math.max(0, points), missing)
    missing -= drawn
    return drawn
  }
  const byDate = entries.map(({ expiresOn, points }) =>
    draw(Math.min(points, sumOf(taken.filter((share) => share.expiresOn === expiresOn)))),
  )
  return entries.map((entry, i) => {
    const drawn = byDate[i] ?? 0
    return { ...entry, points: drawn + draw(entry.points - drawn) }
  })
}

async function takeBack(
  services: RefundServices,
  memberId: string,
  draws: readonly AwardEntry[],
  refundId: string,
): Promise<void> {
  // Of a closed account nothing is left to take.
  if ((await findMemberById(memberId))?.closedAt) return
  for (const { key, expiresOn, points } of draws) {
    if (points === 0) continue
    await clawBack(services, {
      memberId,
      entryId: await findEntryId(memberId, key),
      points,
      key: `purchase-refund:${refundId}:${expiresOn}`,
      title: '消费退款收回积分',
    })
  }
}

async function findRepeated(_id: string, inputHash: string): Promise<Refund | null> {
  const refund = await RefundModel.findById(_id).lean()
  if (refund && refund.inputHash !== inputHash) throw new DomainError('purchase.refund_differs')
  return refund
}
