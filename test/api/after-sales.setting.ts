import type { Answer, Json } from '#test/support/client'
import { formOf, picture, upload } from '#test/support/upload'
import { type Api, success } from './setting'

export const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1234567890' }
const newParcel = { carrier: '圆通速递', trackingNumber: 'YT0987654321' }

export interface Ordered {
  order: Json
  member: { id: string; token: string; openid: string }
  gift: { id: string }
}

/** What the tests of after-sales do again and again. */
export function afterSaleSteps(api: Api) {
  const photo = async (token: string): Promise<string> =>
    success(await upload(api.app.baseUrl, token, formOf(await picture())), 201).upload.id

  const ship = (orderId: string) => api.make.admin('POST', `/api/admin/orders/${orderId}/ship`, parcel)
  const confirm = async (token: string, orderId: string) =>
    success(await api.send('POST', `/api/member/orders/${orderId}/confirm`, { token }))

  /** A delivery, as far on its way as the test needs. */
  const delivered = async (
    until: 'to_ship' | 'shipped' | 'completed',
    options: { gift?: object; quantity?: number; points?: number } = {},
  ): Promise<Ordered> => {
    const ordered = await api.make.order({ ...options, gift: { handOver: 'delivery', ...options.gift } })
    if (until !== 'to_ship') await ship(ordered.order.id)
    if (until === 'completed') await confirm(ordered.member.token, ordered.order.id)
    return ordered
  }

  const ask = (
    { order, member }: Ordered,
    kind: string,
    more: { [field: string]: unknown; key?: string } = {},
  ): Promise<Answer<Json>> => {
    const { key, ...fields } = more
    const body = { orderId: order.id, kind, reason: '和想的不一样', ...fields }
    return api.send('POST', '/api/member/after-sales', { token: member.token, body, ...(key ? { key } : {}) })
  }

  /** Asks for it, with a photo where there must be one, and gives its id. */
  const asked = async (ordered: Ordered, kind: string, more: object = {}): Promise<string> => {
    const photoIds = kind === 'damage' ? [await photo(ordered.member.token)] : []
    return success(await ask(ordered, kind, { photoIds, ...more }), 201).afterSale.id
  }

  const decide = async (id: string, verb: 'approve' | 'receive' | 'reject', body: object, key?: string) =>
    api.send('POST', `/api/admin/after-sales/${id}/${verb}`, {
      token: await api.make.adminToken(),
      body,
      ...(key ? { key } : {}),
    })

  const readOrder = async ({ order, member }: Ordered): Promise<Json> =>
    success(await api.send('GET', `/api/member/orders/${order.id}`, { token: member.token })).order
  const read = async ({ member }: Ordered, id: string): Promise<Json> =>
    success(await api.send('GET', `/api/member/after-sales/${id}`, { token: member.token })).afterSale
  const points = async ({ member }: Ordered): Promise<Json> =>
    success(await api.send('GET', '/api/member/points', { token: member.token }))

  return { photo, ship, confirm, delivered, ask, asked, decide, readOrder, read, points, newParcel }
}
