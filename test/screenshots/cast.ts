import { MemberModel } from '#bff/features/members/member.model'
import { GrowthAccountModel } from '#bff/features/tiers/growth-account.model'
import { type GiftSlug, giftCatalogue } from '#bff/local/demo/pictures/catalogue'
import { type DemoTask, tasks } from '#bff/local/demo/world/tasks'
import type { PageIds } from '#test/browser/every-page'
import type { SignedIn } from '#test/support/browser'
import type { Json, Send } from '#test/support/client'
import { createFactories } from '#test/support/factories'

/** Whose phone is photographed: two members with a history, one without, one whose texts and numbers are long, staff. */
export type Person = 'xiaoman' | 'ashu' | 'newcomer' | 'longest' | 'staff-1' | 'nobody'

export interface Cast {
  sessions: Record<Person, { member?: SignedIn; staff?: SignedIn }>
  ids: PageIds
  /** Of the member to whom `after-sale-status` belongs. */
  longIds: PageIds
  giftIdOf(slug: GiftSlug): string
  taskIdOf(name: DemoTask): string
  /** A red-packet rain that begins tomorrow. */
  waitingRainId: string
  /** The digits of a code that waits in the shop of staff-1. */
  digits: string
}

export const longestName = '二〇三〇年冬季限定联名款手工吹制玻璃保温冷泡茶壶套装送四只品茗杯与竹制托盘礼盒'

/** Lets everyone sign in and do what the demo's history has not done for them. */
export async function callCast(send: Send): Promise<Cast> {
  const make = createFactories(send)
  const as = async (method: string, path: string, token: string, body?: unknown): Promise<Json> => {
    const answer = await send(method, path, { token, body })
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const signIn = async (role: 'member' | 'staff', id: string): Promise<Json> =>
    (await send('POST', `/api/${role}/session`, { body: { code: `demo-${id}` } })).body

  const [xiaoman, ashu, newcomer, longest] = [
    await signIn('member', 'xiaoman'),
    await signIn('member', 'ashu'),
    await signIn('member', 'newcomer'),
    await signIn('member', 'longest'),
  ]
  // New members get a random nick.
  await MemberModel.updateOne({ openid: 'newcomer' }, { nick: '初来乍到' })
  await MemberModel.updateOne(
    { openid: 'longest' },
    { nick: '一个名字很长很长的老会员叫做欧阳慕容', tier: 'platinum' },
  )
  await GrowthAccountModel.create({
    _id: longest.member.id,
    days: [{ date: '2030-01-05', value: 12_345 }],
    rewardedTiers: ['silver', 'gold', 'platinum'],
    keptUntil: '2030-12-20',
    reviewOn: '2030-12-21',
    judgedBy: 'the shots',
  })
  const staff = await signIn('staff', 'staff-1')

  const listed: Json[] = (await as('GET', '/api/member/gifts?limit=50', xiaoman.token)).items
  const giftIdOf = (slug: GiftSlug): string => {
    const name = giftCatalogue.find((gift) => gift.slug === slug)?.name
    const id = listed.find((gift) => gift.name === name)?.id
    if (id === undefined) throw new Error(`the mall does not show ${slug}`)
    return id
  }
  const centre: Json[] = (await as('GET', '/api/member/tasks', newcomer.token)).items
  const taskIdOf = (name: DemoTask): string => centre.find((task) => task.name === tasks[name].name).id
  const orderWith = async (token: string, giftId: string): Promise<string> => {
    const { items } = await as('GET', '/api/member/orders?limit=50', token)
    return items.find((order: Json) => order.items[0].giftId === giftId).id
  }
  const fill = (token: string, items: object[]) => as('PUT', '/api/member/basket', token, { items })

  for (const slug of ['wireless-earbuds', 'throw-blanket'] as const)
    await as('POST', '/api/member/wishes', xiaoman.token, { giftId: giftIdOf(slug) })
  await fill(xiaoman.token, [
    { giftId: giftIdOf('scented-candle'), quantity: 2 },
    { giftId: giftIdOf('power-bank'), quantity: 1 },
  ])
  const lamp = await orderWith(ashu.token, giftIdOf('desk-lamp'))
  const { afterSale } = await as('POST', '/api/member/after-sales', ashu.token, {
    orderId: lamp,
    kind: 'exchange',
    reason: '第二节灯臂的关节有点松，立不住，想换一盏新的',
  })
  const addresses = async (token: string): Promise<string> =>
    (await as('GET', '/api/member/addresses', token)).items[0].id
  const reason = '门店消费补记'
  await make.admin('POST', `/api/admin/members/${ashu.member.id}/points-adjustments`, {
    change: 4_000,
    reason,
  })
  const mug = giftIdOf('ceramic-mug')
  const { stores } = (await as('GET', `/api/member/gifts/${mug}`, ashu.token)).gift
  const waiting = await as('POST', '/api/member/orders', ashu.token, {
    items: [{ giftId: mug, quantity: 1 }],
    // The shop of staff-1.
    storeId: stores.find(({ name }: Json) => name === '静安店').id,
  })
  const { digits } = await as('GET', `/api/member/orders/${waiting.order.id}/code`, ashu.token)

  const { items: rains } = await as('GET', '/api/member/rains', xiaoman.token)
  const flask = await orderWith(xiaoman.token, giftIdOf('travel-flask'))
  const ids: PageIds = {
    giftId: giftIdOf('hand-cream'),
    orderId: flask,
    pickUpOrderId: await orderWith(xiaoman.token, giftIdOf('drink-voucher-20')),
    shippedOrderId: flask,
    afterSaleId: afterSale.id,
    addressId: await addresses(xiaoman.token),
    taskId: taskIdOf('survey'),
    rainId: rains[0].id,
  }
  return {
    sessions: {
      xiaoman: { member: xiaoman },
      ashu: { member: ashu },
      newcomer: { member: newcomer },
      longest: { member: longest },
      'staff-1': { staff },
      nobody: {},
    },
    ids,
    longIds: { ...ids, ...(await makeLongest()) },
    giftIdOf,
    taskIdOf,
    waitingRainId: rains[1].id,
    digits,
  }

  /** A 40-character gift, a 9-digit balance, and an address that fills its limits. */
  async function makeLongest() {
    await make.admin('PATCH', '/api/admin/settings', { adjustmentLimitPoints: 1_000_000_000 })
    await make.admin('POST', `/api/admin/members/${longest.member.id}/points-adjustments`, {
      change: 999_999_799,
      reason: '旧会员卡积分转入',
    })
    const gift = await make.gift({
      name: longestName,
      categoryId: 'home',
      handOver: 'delivery',
      pricePoints: 123_456_789,
      marketPriceFen: 99_999_900,
      stock: 0,
      skus: [
        { name: '松针绿渐变描金款（含竹制托盘与四只品茗杯全套）', stock: 8 },
        { name: '雾白款', stock: 0 },
        { name: '琥珀色', stock: 30 },
      ],
      perMemberLimit: 99,
      pictureUrls: ['/pictures/ceramic-mug-scene.webp'],
      summary: '吹制、退火、打磨都由同一双手完成，每一只的气泡和厚薄都不同，握上去的温度也不同。',
    })
    await as('POST', '/api/member/addresses', longest.token, {
      name: '欧阳慕容·古丽巴哈尔·阿不都热合曼',
      phone: '13800138000',
      region: ['新疆维吾尔自治区', '克孜勒苏柯尔克孜自治州', '阿克陶县'],
      detail: '团结北路与友谊西街交叉口往东三百米老供销社家属院二期十七号楼四单元一千二百零三室门口快递柜',
      isDefault: true,
    })
    const items = [{ giftId: gift.id, skuId: gift.skus[0]?.id, quantity: 2 }]
    await fill(longest.token, items)
    const addressId = await addresses(longest.token)
    const placed = await as('POST', '/api/member/orders', longest.token, { items, addressId })
    return { giftId: gift.id, orderId: placed.order.id, addressId }
  }
}
