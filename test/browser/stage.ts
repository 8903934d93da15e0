import type { Browser } from 'playwright-core'
import { taskInput } from '#bff/local/demo/world/tasks'
import { anyone, route } from '#bff/platform/route'
import { demoSignIns } from '#shared/contracts/demo'
import { announcedRain } from '#test/api/rains.setting'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { startTestApp, type TestApp } from '#test/support/app'
import { openBrowser, type SignedIn } from '#test/support/browser'
import { createFactories } from '#test/support/factories'
import type { PageIds, PageVisit } from './every-page'

export interface BrowserStage {
  app: TestApp
  browser: Browser
  ids: PageIds
  member: SignedIn
  staff: SignedIn
  /** A new session for a page; of somebody new where the page can end the account. */
  signInAgain(visit: PageVisit): Promise<{ member: SignedIn; staff: SignedIn }>
  stop(): Promise<void>
}

/** As long as a name may be where things are sold, in Chinese and without a place to break it. */
export const longName = '二〇三〇年冬季限定联名款手工吹制玻璃保温冷泡茶壶套装送四只品茗杯与竹制托盘礼盒'

/** A BFF with the H5 build, and a member whose every page shows the longest names and numbers that may come. */
export async function setBrowserStage(): Promise<BrowserStage> {
  const h5Dir = ensureBuilt('h5')
  const noPeople = route(demoSignIns, anyone, async () => ({ members: [], staff: [] }))
  const app = await startTestApp({ H5_DIR: h5Dir }, [noPeople])
  const make = createFactories(app.send)
  const post = async (path: string, token: string, body: object, method = 'POST') => {
    const answer = await app.send(method, path, { token, body })
    expect(answer.status).toBeLessThan(300)
    return answer.body
  }
  const signIn = async (role: 'member' | 'staff', openid: string) =>
    (await app.send('POST', `/api/${role}/session`, { body: { code: `demo-${openid}` } })).body

  const store = await make.store({ name: '静安寺久光百货地下一层中庭旗舰体验店', phone: '021-5555 0101' })
  const { openid: staffOpenid } = await make.staff({ storeId: store.id })
  const { id: memberId, token, openid } = await make.member()
  await make.admin('PATCH', '/api/admin/settings', { adjustmentLimitPoints: 1_000_000_000 })
  await make.admin('POST', `/api/admin/members/${memberId}/points-adjustments`, {
    change: 999_999_000,
    reason: '测试所需',
  })
  const gift = (overrides: object) =>
    make.gift({ name: longName, pricePoints: 100_000_000, marketPriceFen: 99_999_900, ...overrides })
  const pickUp = await gift({ storeIds: [store.id], stock: 3, perMemberLimit: 9 })
  const sent = await gift({
    handOver: 'delivery',
    stock: 0,
    skus: [
      { name: '松针绿渐变描金款（含竹制托盘与四只品茗杯全套）', stock: 8 },
      { name: '雾白', stock: 0 },
    ],
    summary: '吹制、退火、打磨都由同一双手完成，每一只的气泡和厚薄都不同。',
    terms: '1. 兑换后 48 小时内发出。\n2. 收到后 7 天自动确认。',
  })
  const { address } = await post('/api/member/addresses', token, {
    name: '欧阳慕容古丽巴哈尔阿不都热合曼',
    phone: '13800138000',
    region: ['新疆维吾尔自治区', '克孜勒苏柯尔克孜自治州', '阿克陶县'],
    detail: '团结北路与友谊西街交叉口往东三百米老供销社家属院二期十七号楼四单元一千二百零三室',
  })
  const items = [{ giftId: sent.id, skuId: sent.skus[0]?.id, quantity: 1 }]
  const place = async () => {
    const { order } = await post('/api/member/orders', token, { items, addressId: address.id })
    return order.id as string
  }
  const [asked, shipped] = [await place(), await place()]
  for (const id of [asked, shipped])
    await make.admin('POST', `/api/admin/orders/${id}/ship`, {
      carrier: '顺丰速运',
      trackingNumber: 'SF1390027718842',
    })
  const { afterSale } = await post('/api/member/after-sales', token, {
    orderId: asked,
    kind: 'exchange',
    reason: '第二节灯臂的关节有点松，立不住，想换一盏新的',
  })
  await make.admin('POST', '/api/admin/help-articles', {
    section: '礼品与兑换',
    question: '收到的礼品在路上碰坏了，或者少了一件，多久之内可以申请售后，要不要把礼品寄回去？',
    answer: '收到后 7 天内在订单里申请售后，选「坏了或用不了」并拍照。',
  })
  const { task } = await make.admin('POST', '/api/admin/tasks', {
    ...taskInput('survey'),
    name: '聊聊你常来的门店，还想在那里换到什么',
  })
  await make.admin('POST', `/api/admin/tasks/${task.id}/state`, { state: 'running' })
  const rain = await announcedRain(make, Date.now(), {
    name: '二〇三〇年冬季限定周年庆超级会员日整点不限量惊喜红包雨',
    rules: longName,
    ...{ budgetPoints: 999_999_999, packetCount: 20_000, minPoints: 1, maxPoints: 1_000_000 },
  })
  const waiting = await post('/api/member/orders', token, { items: [{ giftId: pickUp.id, quantity: 1 }] })
  await post('/api/member/basket', token, { items }, 'PUT')
  await post('/api/member/wishes', token, { giftId: sent.id })
  await app.deliverOutbox()
  const browser = await openBrowser()
  return {
    app,
    browser,
    member: await signIn('member', openid),
    staff: await signIn('staff', staffOpenid),
    ids: {
      giftId: sent.id,
      orderId: shipped,
      pickUpOrderId: waiting.order.id,
      shippedOrderId: shipped,
      afterSaleId: afterSale.id,
      addressId: address.id,
      taskId: task.id,
      rainId: rain.id,
    },
    async signInAgain({ name }) {
      const isEnding = ['settings', 'close'].includes(name)
      const memberOpenid = isEnding ? (await make.member()).openid : openid
      return { member: await signIn('member', memberOpenid), staff: await signIn('staff', staffOpenid) }
    },
    async stop() {
      await browser.close()
      await app.stop()
    },
  }
}
