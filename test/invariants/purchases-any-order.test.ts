import fc from 'fast-check'
import { readPoints } from '#bff/features/points/queries/read-points'
import { recordPurchase } from '#bff/features/purchases/commands/record-purchase'
import { recordRefund } from '#bff/features/purchases/commands/record-refund'
import { PurchaseModel } from '#bff/features/purchases/purchase.model'
import { RefundModel } from '#bff/features/purchases/refund.model'
import type { OpenPrincipal } from '#bff/platform/route'
import { tiers } from '#shared/domain/enums'
import { startTestApp, type TestApp } from '#test/support/app'
import { inParallel, many } from '#test/support/crowd'
import { createFactories, type Factories } from '#test/support/factories'
import { drawn, isSoak, seed } from '#test/support/seed'

/**
 * A day's purchases told twice and in any order, one in twenty refunded in part or whole. With tiers fixed and no caps per
 * period the balances are what the figures say, whatever came first; telling all of it again changes nothing.
 */
const purchases = isSoak ? 10_000 : 120
const memberCount = isSoak ? 100 : 12
const tierPercent = [100, 120, 150, 180, 200]

interface Sale {
  purchaseNumber: string
  member: number
  lines: { lineId: string; paidFen: number; productGroup: null; isDiscounted: boolean }[]
  /** What of each line is refunded, in one or two refunds; null when nothing is. */
  refunds: { lineId: string; fen: number }[][]
}

const sale = (nth: number): fc.Arbitrary<Sale> =>
  fc
    .record({
      member: fc.nat({ max: memberCount - 1 }),
      fens: fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 3 }),
      discounted: fc.boolean(),
      isRefunded: fc.integer({ min: 1, max: 20 }).map((one) => one === 1),
      parts: fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 })),
    })
    .map(({ member, fens, discounted, isRefunded, parts: [first, second] }) => {
      const lines = fens.map((paidFen, i) => ({
        lineId: `${i}`,
        paidFen,
        productGroup: null,
        isDiscounted: discounted && i === 0,
      }))
      const part = (percent: number, already: number) =>
        lines
          .map(({ lineId, paidFen }) => {
            const before = Math.floor((paidFen * already) / 100)
            return { lineId, fen: Math.min(paidFen - before, Math.floor((paidFen * percent) / 100)) }
          })
          .filter(({ fen }) => fen > 0)
      const refunds = isRefunded ? [part(first, 0), part(second, first)].filter((one) => one.length > 0) : []
      return { purchaseNumber: `p${nth}`, member, lines, refunds }
    })

/** Points of what remains paid, by the product's own figures: discounted goods double, a person's cap 500. */
function expectedPoints({ lines, refunds }: Sale, percent: number): number {
  const left = (lineId: string, paidFen: number) =>
    paidFen - refunds.flat().reduce((sum, one) => sum + (one.lineId === lineId ? one.fen : 0), 0)
  const exact = lines.reduce(
    (sum, { lineId, paidFen, isDiscounted }) =>
      sum + left(lineId, paidFen) * percent * (isDiscounted ? 2 : 1),
    0,
  )
  return Math.min(500, Math.floor(exact / 10_000))
}

let bff: TestApp
let make: Factories
beforeAll(async () => {
  bff = await startTestApp()
  make = createFactories(bff.send)
})
afterAll(() => bff.stop())

test(
  'purchases and refunds in any order, each told twice, end as the figures say',
  async () => {
    process.stdout.write(`purchases: ${purchases}, SEED=${seed}\n`)
    const { services } = bff.app
    const client: OpenPrincipal = { kind: 'open', id: 'till', name: '收银', scopes: ['purchases'] }
    const rule = await make.admin('POST', '/api/admin/earning-rules', {
      name: '折扣双倍',
      effect: { kind: 'multiply', percent: 200, stacks: true },
      conditions: { discountedOnly: true },
    })
    await make.admin('POST', `/api/admin/earning-rules/${rule.rule.id}/state`, { state: 'running' })
    // No growth, so that the tiers stay as they are given.
    await make.admin('PATCH', '/api/admin/settings', { growthPerYuan: 0 })
    let made = 0
    const members = await many(memberCount, async () => {
      const tier = made++ % tiers.length
      const { id } = await make.member()
      await make.admin('PATCH', `/api/admin/members/${id}`, { tier: tiers[tier] })
      return { id, percent: tierPercent[tier] ?? 100 }
    })
    const sales = Array.from({ length: purchases }, (_, nth) => drawn(sale(nth), nth))
    const occurredAt = services.clock.now().toISOString()
    const tell: (() => Promise<unknown>)[] = sales.flatMap(({ purchaseNumber, member, lines, refunds }) => [
      () => {
        const id = members[member]?.id ?? ''
        return recordPurchase(services, client, {
          ...{ purchaseNumber, occurredAt, lines, member: { id }, storeId: null },
        })
      },
      ...refunds.map(
        (ofLines, nth) => () =>
          recordRefund(services, client, {
            ...{ refundNumber: `${purchaseNumber}-${nth}`, purchaseNumber, lines: ofLines },
          }),
      ),
    ])
    const twice = [...tell, ...tell]
    const anyOrder = drawn(fc.shuffledSubarray(twice, { minLength: twice.length }))

    const expectBalances = async () => {
      for (const [nth, { id, percent }] of members.entries()) {
        const spent = sales.filter(({ member }) => member === nth)
        const points = spent.reduce((sum, one) => sum + expectedPoints(one, percent), 0)
        const { available, debt } = await readPoints(services, id)
        expect({ nth, available, debt }).toEqual({ nth, available: 100 + points, debt: 0 })
      }
    }
    await inParallel(anyOrder, 8, (one) => one())
    await expectBalances()
    await inParallel(tell, 8, (one) => one())
    await expectBalances()
    expect(await PurchaseModel.countDocuments()).toBe(purchases)
    expect(await RefundModel.countDocuments({ state: { $ne: 'applied' } })).toBe(0)
    await make.expectCleanLedger()
  },
  isSoak ? 6 * 3_600_000 : 240_000,
)
