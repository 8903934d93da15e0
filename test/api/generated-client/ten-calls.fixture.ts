import createClient from 'openapi-fetch'
// Generated from the OpenAPI document when the test runs.
import type { components, paths } from './jili.js'

// What an engineer of a shop would write: every path, parameter, body and answer is typed by the document alone.
const api = createClient<paths>({ baseUrl: process.env.BASE ?? '' })
const as = (token: string) => ({ Authorization: `Bearer ${token}` })
const key = () => ({ 'Idempotency-Key': crypto.randomUUID() })

/** The body of a success; a refusal ends the program with its code. */
async function done<T>(call: Promise<{ data?: T; error?: components['schemas']['Error'] }>): Promise<T> {
  const { data, error } = await call
  if (data === undefined) throw new Error(error?.error.code)
  return data
}

const { items: categories } = await done(api.GET('/api/member/gift-categories'))
const { token: owner } = await done(
  api.POST('/api/admin/session', { body: { username: 'owner', password: process.env.PASSWORD ?? '' } }),
)
const newGift: components['schemas']['GiftInput'] = {
  name: '青瓷茶杯',
  categoryId: categories[0]?.id ?? '',
  handOver: 'pickup',
  pricePoints: 50,
  stock: 3,
  minimumBalance: 0,
  onSale: true,
}
const { gift } = await done(api.POST('/api/admin/gifts', { headers: as(owner), body: newGift }))
const shelf = await done(api.GET('/api/member/gifts', { params: { query: { sort: 'new', limit: 5 } } }))
const { token, member } = await done(
  api.POST('/api/member/session', { body: { code: 'demo-generated-client', consentVersion: '1' } }),
)
const { adjustment } = await done(
  api.POST('/api/admin/members/{id}/points-adjustments', {
    params: { path: { id: member.id }, header: key() },
    headers: as(owner),
    body: { change: 200, reason: '生成的客户端' },
  }),
)
const me = await done(api.GET('/api/member/me', { headers: as(token) }))
const placed = await done(
  api.POST('/api/member/orders', {
    params: { header: key() },
    headers: as(token),
    body: { items: [{ giftId: gift.id, quantity: 2, expectedPricePoints: gift.pricePoints }] },
  }),
)
const order: components['schemas']['Order'] = (
  await done(
    api.GET('/api/member/orders/{id}', { params: { path: { id: placed.order.id } }, headers: as(token) }),
  )
).order
const tooMany = await api.POST('/api/member/orders', {
  params: { header: key() },
  headers: as(token),
  body: { items: [{ giftId: gift.id, quantity: 2 }] },
})
const code: components['schemas']['Error']['error']['code'] | undefined = tooMany.error?.error.code

process.stdout.write(
  JSON.stringify({
    shelf: shelf.items.map(({ id }) => id).includes(gift.id),
    adjusted: adjustment.change,
    available: me.points.available,
    state: order.state,
    names: order.items.map(({ name, quantity }) => `${name} × ${quantity}`),
    refused: code,
  }),
)
