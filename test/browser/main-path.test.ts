import type { Browser } from 'playwright-core'
import { anyone, route } from '#bff/platform/route'
import { demoSignIns } from '#shared/contracts/demo'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { startTestApp, type TestApp } from '#test/support/app'
import { openBrowser, openPhone, type Phone } from '#test/support/browser'
import { createFactories, type Factories } from '#test/support/factories'

let app: TestApp
let make: Factories
let browser: Browser

beforeAll(async () => {
  const h5Dir = ensureBuilt('h5')
  // The sign-in page of H5 shows itself only where this answers.
  const noPeople = route(demoSignIns, anyone, async () => ({ members: [], staff: [] }))
  app = await startTestApp({ H5_DIR: h5Dir }, [noPeople])
  make = createFactories(app.send)
  browser = await openBrowser()
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const tap = ({ page }: Phone, id: string) => page.locator(`#${id}`).locator('visible=true').first().click()
const textOf = ({ page }: Phone, id: string) =>
  page.locator(`#${id}`).locator('visible=true').first().textContent()

async function signIn(phone: Phone, id: string): Promise<void> {
  await tap(phone, 'consent')
  await phone.page.locator('#demo-id input').fill(id)
  await tap(phone, 'demo-enter')
}

test('a member checks in and redeems, staff type the code, and the member sees it handed over', async () => {
  const store = await make.store({ name: '静安店' })
  const gift = await make.gift({ name: '随行保温杯 480ml 松针绿', pricePoints: 60, storeIds: [store.id] })
  const staff = await make.staff({ storeId: store.id })

  const member = await openPhone(browser, app.baseUrl)
  await member.page.goto('/')
  await tap(member, 'sign-in')
  await signIn(member, 'browser-member')
  await member.page.locator('#check-in').waitFor()
  await tap(member, 'check-in')
  await member.page.locator('#check-in-done').waitFor()
  await member.page.locator('#points-value', { hasText: '105' }).locator('visible=true').first().waitFor()

  await member.page.goto(`/#/packages/gift/detail/index?id=${gift.id}`)
  await tap(member, 'redeem')
  // A double tap is one order.
  await member.page.locator('#confirm-redeem').dblclick()
  await tap(member, 'show-code')
  const digits = ((await textOf(member, 'code-digits')) ?? '').replace(/\D/g, '')
  expect(digits).toHaveLength(12)

  const desk = await openPhone(browser, app.baseUrl)
  await desk.page.goto('/#/packages/staff/desk/index')
  await tap(desk, 'staff-sign-in')
  await signIn(desk, staff.openid)
  await desk.page.locator('#pad-digits').waitFor()
  for (const digit of digits) await tap(desk, `pad-${digit}`)
  await desk.page.locator('#desk-ok').waitFor()
  await tap(desk, 'desk-confirm')
  await desk.page.locator('#desk-done').waitFor()
  await member.page.locator('#code-done').waitFor({ timeout: 4_000 })

  const orders = await make.admin('GET', `/api/admin/orders?giftId=${gift.id}`)
  expect(orders.items).toHaveLength(1)
  expect(orders.items[0].state).toBe('completed')
  // The code renews itself every 30 s: when that falls between the hand-over and the page's next look, it is refused once.
  const renewedTooLate = 'Failed to load resource: the server responded with a status of 409 (Conflict)'
  expect(member.complaints.filter((line) => line !== renewedTooLate)).toEqual([])
  expect(desk.complaints).toEqual([])
  await make.expectCleanLedger()
}, 120_000)
