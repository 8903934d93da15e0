import { startApi } from '#test/api/setting'
import { tally, untilTyped } from '#test/support/crowd'

const rounds = 12

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  afterEach(() => api.make.expectCleanLedger())

  const close = (token: string, key?: string) =>
    untilTyped(() =>
      api.send('POST', '/api/member/me/close', {
        token,
        body: { isUnderstood: true },
        ...(key ? { key } : {}),
      }),
    )
  const ordersOf = async (memberId: string) =>
    (await api.make.admin('GET', `/api/admin/orders?memberId=${memberId}`)).items
  const isClosed = async (memberId: string) =>
    (await api.make.admin('GET', `/api/admin/members/${memberId}`)).member.closedAt !== null

  test.each([
    ['of points', 50],
    ['of no points', 0],
  ])('closing and an order %s at once: one of them, never both', async (_, pricePoints) => {
    const gift = await api.make.gift({ pricePoints, minimumBalance: 0, stock: 100 })
    for (let round = 0; round < rounds; round += 1) {
      const { id, token } = await api.make.member()
      const [closed, placed] = await Promise.all([
        close(token),
        untilTyped(() => api.place(token, [{ giftId: gift.id, quantity: 1 }])),
      ])
      const hasOrder = placed.status === 201
      expect({ closed: closed.status, isClosed: await isClosed(id) }).toEqual(
        hasOrder ? { closed: 409, isClosed: false } : { closed: 200, isClosed: true },
      )
      expect(await ordersOf(id)).toHaveLength(hasOrder ? 1 : 0)
    }
  })

  test('closing and checking in at once: nothing is earned under a closed account', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { id, token } = await api.make.member()
      const [closed] = await Promise.all([
        close(token),
        untilTyped(() => api.send('POST', '/api/member/check-ins', { token })),
      ])
      expect(closed.status).toBe(200)
      const { member } = await api.make.admin('GET', `/api/admin/members/${id}`)
      expect(member.points).toEqual({ available: 0, frozen: 0, debt: 0 })
    }
  })

  test('10 closings at once close once', async () => {
    const { token } = await api.make.member()
    const { '200': closed, ...others } = tally(
      await Promise.all(Array.from({ length: 10 }, () => close(token))),
    )
    expect(closed).toBe(1)
    expect(
      Object.keys(others).filter((code) => !['member.closed', 'auth.unauthenticated'].includes(code)),
    ).toEqual([])
  })

  test('one key of one closing sent 10 times closes once, and nobody is told otherwise', async () => {
    const { token } = await api.make.member()
    const answers = await Promise.all(Array.from({ length: 10 }, () => close(token, 'the-same-attempt')))
    const outcomes = tally(answers)
    expect((outcomes['200'] ?? 0) + (outcomes['auth.unauthenticated'] ?? 0)).toBe(10)
    expect(outcomes['200']).toBeGreaterThanOrEqual(1)
  })

  test('closing and signing in at once: no second gift of points, whoever comes first', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { openid, token } = await api.make.member()
      const signIn = () => api.send('POST', '/api/member/session', { body: { code: `demo-${openid}` } })
      const answers = await Promise.all([
        close(token),
        ...Array.from({ length: 4 }, () => untilTyped(signIn)),
      ])
      expect(answers.slice(1).map(({ body }) => body.giftedPoints)).toEqual([0, 0, 0, 0])
    }
  })
})
