import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const delivery = { handOver: 'delivery' }
const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1234567890' }
const asOwner = async (orderId: string, verb: string, body: object = {}) =>
  api.send('POST', `/api/admin/orders/${orderId}/${verb}`, { token: await api.make.adminToken(), body })
const asMember = (token: string, orderId: string, verb: string) =>
  api.send('POST', `/api/member/orders/${orderId}/${verb}`, { token })
const states = (order: Json) => order.timeline.map(({ state }: Json) => state)

describe("another member's order", () => {
  test('is not found, whatever is asked of it', async () => {
    const { order } = await api.make.order()
    const shipped = (await api.make.order({ gift: delivery })).order
    success(await asOwner(shipped.id, 'ship', parcel))
    const { token } = await api.make.member()
    const path = `/api/member/orders/${order.id}`
    refusal(await api.send('GET', path, { token }), 404, 'resource.not_found')
    refusal(await api.send('GET', `${path}/code`, { token }), 404, 'resource.not_found')
    refusal(await asMember(token, order.id, 'cancel'), 404, 'resource.not_found')
    refusal(await asMember(token, shipped.id, 'confirm'), 404, 'resource.not_found')
    expect(success(await api.send('GET', '/api/member/orders', { token })).items).toEqual([])
  })
})

describe('cancelling', () => {
  test('gives points, piece and place under the limit back, so the gift can be had again', async () => {
    const { order, member, gift } = await api.make.order({
      gift: { stock: 1, perMemberLimit: 1 },
      points: 100,
    })
    const { token } = member
    const cancelled = success(await asMember(token, order.id, 'cancel')).order
    expect(cancelled).toMatchObject({ state: 'cancelled', canCancel: false })
    expect(states(cancelled)).toEqual(['cancelled', 'to_pick_up'])
    expect([await api.available(token), await api.stockOf(gift.id)]).toEqual([100, 1])
    success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
    refusal(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 409, 'gift.limit_reached')
    await api.make.expectCleanLedger()
  })

  test('twice is refused, and nothing is given back twice', async () => {
    const { order, member, gift } = await api.make.order({ points: 100 })
    success(await asMember(member.token, order.id, 'cancel'))
    const again = refusal(await asMember(member.token, order.id, 'cancel'), 409, 'order.invalid_state')
    expect(again.details).toEqual({ state: 'cancelled' })
    expect([await api.available(member.token), await api.stockOf(gift.id)]).toEqual([100, 10])
  })

  test('gives every piece of several gifts and SKUs back to its own pool', async () => {
    const plain = await api.make.gift({ pricePoints: 1 })
    const skus = ['米白', '松绿'].map((name) => ({ name, stock: 5 }))
    const gift = await api.make.gift({ stock: 0, skus, pricePoints: 1 })
    const { token } = await api.make.member()
    const [white, green] = gift.skus.map(({ id }) => id)
    const items = [
      { giftId: plain.id, quantity: 2 },
      { giftId: gift.id, skuId: white, quantity: 3 },
      { giftId: gift.id, skuId: green, quantity: 1 },
    ]
    const { order } = success(await api.place(token, items), 201)
    success(await asMember(token, order.id, 'cancel'))
    const after = (await api.make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift
    expect(after.skus.map(({ stock }: Json) => stock)).toEqual([5, 5])
    expect(await api.stockOf(plain.id)).toBe(10)
    await api.make.expectCleanLedger()
  })

  test('a shipped order is refused', async () => {
    const { order, member } = await api.make.order({ gift: delivery })
    success(await asOwner(order.id, 'ship', parcel))
    refusal(await asMember(member.token, order.id, 'cancel'), 409, 'order.invalid_state')
  })

  test('an order under review gives back too', async () => {
    const { order, member } = await api.make.order({ gift: { needsReview: true }, points: 100 })
    success(await asMember(member.token, order.id, 'cancel'))
    expect(await api.available(member.token)).toBe(100)
    refusal(await asOwner(order.id, 'approve'), 409, 'order.invalid_state')
  })
})

describe('delivery', () => {
  test('is shipped, then confirmed, and the points are spent', async () => {
    const { order, member } = await api.make.order({ gift: delivery, points: 100 })
    refusal(await asMember(member.token, order.id, 'confirm'), 409, 'order.invalid_state')
    const shipped = success(await asOwner(order.id, 'ship', parcel)).order
    expect(shipped).toMatchObject({
      state: 'shipped',
      shipment: parcel,
      canConfirm: true,
      memberId: member.id,
    })
    const done = success(await asMember(member.token, order.id, 'confirm')).order
    expect(done).toMatchObject({ state: 'completed', canConfirm: false })
    expect(done.timeline).toMatchObject([
      { state: 'completed', title: '已完成' },
      { state: 'shipped', note: '顺丰速运 SF1234567890' },
      { state: 'to_ship', title: '兑换成功，准备发货' },
    ])
    const points = success(await api.send('GET', '/api/member/points', { token: member.token }))
    expect(points).toMatchObject({ available: 50, frozen: 0 })
    refusal(await asMember(member.token, order.id, 'confirm'), 409, 'order.invalid_state')
    await api.make.expectCleanLedger()
  })

  test('is shipped once', async () => {
    const { order } = await api.make.order({ gift: delivery })
    success(await asOwner(order.id, 'ship', parcel))
    refusal(await asOwner(order.id, 'ship', parcel), 409, 'order.invalid_state')
  })

  test('a pick-up order is neither shipped nor confirmed by its member', async () => {
    const { order, member } = await api.make.order()
    refusal(await asOwner(order.id, 'ship', parcel), 409, 'order.invalid_state')
    refusal(await asMember(member.token, order.id, 'confirm'), 409, 'order.invalid_state')
  })

  test('has no code to show', async () => {
    const { order, member } = await api.make.order({ gift: delivery })
    const answer = await api.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token })
    refusal(answer, 409, 'order.invalid_state')
  })

  test.each([{ carrier: '' }, { trackingNumber: '中文单号' }, { trackingNumber: '123' }])(
    '%j is refused',
    async (wrong) => {
      const { order } = await api.make.order({ gift: delivery })
      refusal(await asOwner(order.id, 'ship', { ...parcel, ...wrong }), 400, 'request.invalid')
    },
  )
})

describe('review', () => {
  test('an approved order goes on to its hand-over', async () => {
    const pickup = (await api.make.order({ gift: { needsReview: true } })).order
    const sent = (await api.make.order({ gift: { ...delivery, needsReview: true } })).order
    expect(pickup).toMatchObject({ state: 'reviewing', pointsAfter: { frozen: 50 } })
    expect(success(await asOwner(pickup.id, 'approve')).order.state).toBe('to_pick_up')
    expect(success(await asOwner(sent.id, 'approve')).order.state).toBe('to_ship')
    refusal(await asOwner(pickup.id, 'approve'), 409, 'order.invalid_state')
    refusal(await asOwner(pickup.id, 'reject', { reason: '来不及了' }), 409, 'order.invalid_state')
  })

  test('is approved with no body at all', async () => {
    const { order } = await api.make.order({ gift: { needsReview: true } })
    const token = await api.make.adminToken()
    success(await api.send('POST', `/api/admin/orders/${order.id}/approve`, { token }))
  })

  test('a rejected order gives back and tells the member why', async () => {
    const { order, member, gift } = await api.make.order({ gift: { needsReview: true }, points: 100 })
    success(await asOwner(order.id, 'reject', { reason: '资料不全' }))
    const path = `/api/member/orders/${order.id}`
    const read = success(await api.send('GET', path, { token: member.token })).order
    expect(read).toMatchObject({ state: 'rejected', rejectionReason: '资料不全' })
    expect([await api.available(member.token), await api.stockOf(gift.id)]).toEqual([100, 10])
    refusal(await asOwner(order.id, 'reject', { reason: '再说一次' }), 409, 'order.invalid_state')
    await api.make.expectCleanLedger()
  })

  test('one reviewed gift sends the whole order to review, and its code works only after', async () => {
    const reviewed = await api.make.gift({ needsReview: true })
    const plain = await api.make.gift()
    const { token } = await api.make.member()
    const items = [reviewed, plain].map(({ id }) => ({ giftId: id, quantity: 1 }))
    const { order } = success(await api.place(token, items), 201)
    expect(order.state).toBe('reviewing')
    const readCode = () => api.send('GET', `/api/member/orders/${order.id}/code`, { token })
    refusal(await readCode(), 409, 'order.invalid_state')
    success(await asOwner(order.id, 'approve'))
    success(await readCode())
  })

  test('an order that needs none is neither approved nor rejected', async () => {
    const { order } = await api.make.order()
    refusal(await asOwner(order.id, 'approve'), 409, 'order.invalid_state')
    refusal(await asOwner(order.id, 'reject', { reason: '不想给了' }), 409, 'order.invalid_state')
  })

  test('rejecting needs a reason; unknown orders are not found', async () => {
    const { order } = await api.make.order({ gift: { needsReview: true } })
    refusal(await asOwner(order.id, 'reject', { reason: ' ' }), 400, 'request.invalid')
    refusal(await asOwner('none', 'approve'), 404, 'resource.not_found')
    refusal(await asOwner('none', 'ship', parcel), 404, 'resource.not_found')
    refusal(await asOwner('none', 'reject', { reason: '没有这单' }), 404, 'resource.not_found')
  })
})

describe('lists', () => {
  test('the tabs and states of a member, newest first and page by page', async () => {
    const gift = await api.make.gift({ pricePoints: 1 })
    const { token } = await api.make.member()
    const ids: string[] = []
    for (let count = 0; count < 3; count += 1)
      ids.unshift(success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201).order.id)
    const [newest = '', middle, oldest] = ids
    success(await asMember(token, newest, 'cancel'))
    const list = async (query: string) => {
      const page = success(await api.send('GET', `/api/member/orders?${query}`, { token }))
      return { ids: page.items.map(({ id }: Json) => id), nextCursor: page.nextCursor }
    }
    expect((await list('')).ids).toEqual(ids)
    expect((await list('tab=to_pick_up')).ids).toEqual([middle, oldest])
    expect((await list('tab=closed')).ids).toEqual([newest])
    expect((await list('tab=completed')).ids).toEqual([])
    expect((await list('state=cancelled')).ids).toEqual([newest])
    const first = await list('limit=2')
    expect([first.ids, (await list(`limit=2&cursor=${first.nextCursor}`)).ids]).toEqual([
      [newest, middle],
      [oldest],
    ])
    refusal(await api.send('GET', '/api/member/orders?tab=all', { token }), 400, 'request.invalid')
  })

  test('admins find orders by state, member and gift', async () => {
    const { order, member, gift } = await api.make.order()
    for (const query of [
      `memberId=${member.id}`,
      `giftId=${gift.id}`,
      `giftId=${gift.id}&state=to_pick_up`,
    ]) {
      const { items } = await api.make.admin('GET', `/api/admin/orders?${query}`)
      expect(items).toMatchObject([{ id: order.id, memberId: member.id }])
    }
    const none = await api.make.admin('GET', `/api/admin/orders?giftId=${gift.id}&state=shipped`)
    expect(none.items).toEqual([])
  })
})
