import { randomUUID } from 'node:crypto'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { sweepTiers } from '#bff/features/tiers/index'
import { openTill, type Till } from '#test/api/purchases.setting'
import { startApi } from '#test/api/setting'
import type { Json } from '#test/support/client'
import { many, untilTyped } from '#test/support/crowd'

const rounds = 6

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  let till: Till
  beforeAll(async () => {
    till = await openTill(api)
  })
  afterEach(() => api.make.expectCleanLedger())

  const ofMember = async (id: string): Promise<Json> =>
    (await api.make.admin('GET', `/api/admin/members/${id}/tier`)).tier
  const rewardsOf = async (memberId: string): Promise<string[]> =>
    (await JournalEntryModel.find({ memberId, key: /tier-reward:/ }).lean()).map(({ key }) => key).sort()
  const raisedCount = async (token: string): Promise<number> => {
    await api.app.deliverOutbox()
    const { body } = await api.send('GET', '/api/member/inbox', { token })
    return body.items.filter(({ title }: Json) => title === '等级升了').length
  }

  test('10 purchases at once that together pass a threshold: all growth, one rise, one reward', async () => {
    const { id, token } = await api.make.member()
    await many(10, () => till.buy(id, 20_000))
    expect(await ofMember(id)).toMatchObject({ tier: 'silver', growth: 2_000 })
    expect(await rewardsOf(id)).toEqual([expect.stringContaining('tier-reward:silver')])
    expect(await raisedCount(token)).toBe(1)
  })

  test('10 purchases at once that each pass it, on the first growth ever', async () => {
    const { id, token } = await api.make.member()
    await many(10, () => till.buy(id, 100_000))
    expect(await ofMember(id)).toMatchObject({ tier: 'gold', growth: 10_000 })
    expect(await rewardsOf(id)).toHaveLength(2)
    expect(await raisedCount(token)).toBe(2)
  })

  test('purchases, refunds, a check-in and the sweep at once: the growth is the sum, the reward one', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { id, token } = await api.make.member()
      const refunded = await many(3, () => till.buy(id, 40_000))
      await Promise.all([
        ...refunded.map(({ purchaseNumber }) => untilTyped(() => till.refund(purchaseNumber))),
        till.buy(id, 90_000),
        till.buy(id, 50_000),
        untilTyped(() => api.send('POST', '/api/member/check-ins', { token })),
        sweepTiers(api.app.app.services).catch(() => 0),
      ])
      expect(await ofMember(id)).toMatchObject({ tier: 'silver', growth: 1_401, keptUntil: null })
      expect(await rewardsOf(id)).toHaveLength(1)
    }
  })

  test('a purchase told 10 times at once and its refund meanwhile leave what is left of it', async () => {
    const { id } = await api.make.member()
    const purchaseNumber = randomUUID()
    await Promise.all([
      ...Array.from({ length: 10 }, () => till.buy(id, 30_000, { purchaseNumber, occurredAt })),
      untilTyped(() => till.refund(purchaseNumber, [{ lineId: '1', fen: 10_000 }])),
    ])
    expect((await ofMember(id)).growth).toBe(200)
  })

  const occurredAt = new Date(Date.now() - 60_000).toISOString()
})
