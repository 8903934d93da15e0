import type { Browser } from 'playwright-core'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { openBrowser, openPhone, type Phone, rememberSessions, waitUntilSettled } from '#test/support/browser'
import { startApi } from '../api/setting'

const tapsMax = 3
/** Where the tab bar begins on a phone of 844. */
const inSightMax = 788

const api = startApi(async () => ({ H5_DIR: ensureBuilt('h5') }))
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
}, 300_000)

afterAll(() => browser?.close())

/** A member's phone that opens the app, and counts what is tapped. */
async function openApp(token: string) {
  const phone: Phone = await openPhone(browser, api.app.baseUrl, { reducedMotion: 'reduce' })
  await rememberSessions(phone, { member: { token, expiresAt: '2099-01-01T00:00:00.000Z' } })
  const at = (selector: string) => phone.page.locator(selector).locator('visible=true').first()
  let taps = 0
  await phone.page.goto('/')
  await at('#points-value').waitFor()
  await waitUntilSettled(phone)
  return {
    at,
    /** Somebody who has never been here does not scroll to look for it. */
    async tap(selector: string) {
      const box = await at(selector).boundingBox()
      expect(box?.y).toBeLessThan(inSightMax)
      await at(selector).click()
      taps += 1
    },
    async expectFound(selector: string): Promise<string> {
      await at(selector).waitFor()
      expect(taps).toBeLessThanOrEqual(tapsMax)
      expect(phone.complaints).toEqual([])
      const shown = (await at(selector).textContent()) ?? ''
      await phone.page.context().close()
      return shown
    },
  }
}

describe('from opening the app, in at most three taps and without scrolling', () => {
  test('a member checks in', async () => {
    const { token } = await api.make.member()
    const app = await openApp(token)
    await app.tap('#check-in')
    expect(await app.expectFound('#check-in-done')).toContain('今天已签到')
  })

  test('a member begins to redeem a gift that can be afforded', async () => {
    await api.make.gift({ name: '手作陶杯', storeIds: [(await api.make.store()).id] })
    const { token } = await api.make.member()
    const app = await openApp(token)
    await app.tap('#affordable .gift-tile')
    await app.tap('#redeem')
    expect(await app.expectFound('#redeem-sheet')).toContain('手作陶杯')
  })

  test('a member finds the code for the shop', async () => {
    const store = await api.make.store()
    const gift = await api.make.gift({ storeIds: [store.id] })
    const { token } = await api.make.member()
    await api.place(token, [{ giftId: gift.id, quantity: 1 }])
    const app = await openApp(token)
    await app.tap('#waiting')
    expect((await app.expectFound('#code-digits')).replace(/\D/g, '')).toHaveLength(12)
  })

  test('a member finds out which points expire when', async () => {
    const { token } = await api.make.member()
    const app = await openApp(token)
    await app.tap('#points')
    const shown = await app.expectFound('#expiring')
    expect(shown).toContain('30 天内到期 100 积分')
    expect(shown).toMatch(/\d+月\d+日到期/)
  })
})
