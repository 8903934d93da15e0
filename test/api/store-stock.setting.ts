import type { Json } from '#test/support/client'
import { type Api, success } from './setting'

type Stocks = Readonly<Record<string, number>>

/** A gift with stock of its own in each of three stores, and what tests do with it. */
export function storeStockSteps(api: Api) {
  const openStores = async () => ({
    jingan: (await api.make.store({ name: '静安店' })).id,
    xuhui: (await api.make.store({ name: '徐汇店' })).id,
    wukang: (await api.make.store({ name: '武康路店' })).id,
  })

  const stocksOf = (stocks: Stocks) => Object.entries(stocks).map(([storeId, stock]) => ({ storeId, stock }))

  /** Sold in these stores, with so many pieces in each. */
  const giftIn = (stocks: Stocks, more: object = {}) =>
    api.make.gift({
      stock: 0,
      stockPerStore: true,
      storeIds: Object.keys(stocks),
      stockByStore: stocksOf(stocks),
      ...more,
    })

  const readAdmin = async (giftId: string): Promise<Json> =>
    (await api.make.admin('GET', `/api/admin/gifts/${giftId}`)).gift
  /** What each store has left, as the admin sees it. */
  const leftOf = async (giftId: string): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await readAdmin(giftId)).storePools.map(({ storeId, stock }: Json) => [storeId, stock]),
    )
  const read = async (giftId: string, token?: string): Promise<Json> =>
    success(await api.send('GET', `/api/member/gifts/${giftId}`, token ? { token } : {})).gift
  const changeStock = async (giftId: string, body: object) =>
    api.send('POST', `/api/admin/gifts/${giftId}/stock-changes`, {
      token: await api.make.adminToken(),
      body: { change: 1, reason: '调拨', ...body },
    })
  const placeAt = (token: string, giftId: string, storeId: string | undefined, quantity = 1) =>
    api.place(token, [{ giftId, quantity }], storeId ? { storeId } : {})

  /** An order for one piece at this store. */
  const orderAt = async (giftId: string, storeId: string) => {
    const member = await api.make.member({ points: 1_000 })
    const { order } = success(await placeAt(member.token, giftId, storeId), 201)
    return { order, member, gift: { id: giftId } }
  }

  return { openStores, stocksOf, giftIn, readAdmin, leftOf, read, changeStock, placeAt, orderAt }
}
