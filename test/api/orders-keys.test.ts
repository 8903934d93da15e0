import { randomUUID } from 'node:crypto'
import { refusal, startApi, success } from './setting'

const api = startApi()
const one = (giftId: string) => [{ giftId, quantity: 1 }]

test('a retry gets the first answer word for word, even when the gift has sold out', async () => {
  const gift = await api.make.gift({ stock: 1 })
  const { token } = await api.make.member()
  const key = randomUUID()
  const first = success(await api.place(token, one(gift.id), { key }), 201)
  expect(success(await api.place(token, one(gift.id), { key }), 201)).toEqual(first)
  expect(await api.available(token)).toBe(50)
})

test('other input under a key is refused; another member may use the same key', async () => {
  const gift = await api.make.gift({ pricePoints: 10 })
  const { token } = await api.make.member()
  const other = await api.make.member()
  const key = randomUUID()
  success(await api.place(token, one(gift.id), { key }), 201)
  const changed = await api.place(token, [{ giftId: gift.id, quantity: 2 }], { key })
  refusal(changed, 422, 'idempotency.key_reused')
  success(await api.place(other.token, one(gift.id), { key }), 201)
})

test('without a key nothing is ordered', async () => {
  const gift = await api.make.gift()
  const { token } = await api.make.member()
  const body = { items: one(gift.id) }
  const answer = await api.send('POST', '/api/member/orders', { token, body, key: null })
  refusal(answer, 400, 'idempotency.key_required')
})

test('a refusal uses no key up', async () => {
  const gift = await api.make.gift({ stock: 0 })
  const { token } = await api.make.member()
  const key = randomUUID()
  refusal(await api.place(token, one(gift.id), { key }), 409, 'gift.sold_out')
  await api.make.admin('POST', `/api/admin/gifts/${gift.id}/stock-changes`, {
    change: 1,
    reason: '补货一件',
  })
  success(await api.place(token, one(gift.id), { key }), 201)
})
