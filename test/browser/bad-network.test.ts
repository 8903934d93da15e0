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
  const noPeople = route(demoSignIns, anyone, async () => ({ members: [], staff: [] }))
  app = await startTestApp({ H5_DIR: h5Dir }, [noPeople])
  make = createFactories(app.send)
  browser = await openBrowser()
}, 180_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const at = ({ page }: Phone, id: string) => page.locator(`#${id}`).locator('visible=true').first()
const tap = (phone: Phone, id: string) => at(phone, id).click()
const setOffline = (phone: Phone, isOffline: boolean) => phone.page.context().setOffline(isOffline)

/** A phone on which somebody is signed in already. */
async function signedIn(role: 'member' | 'staff', token: string): Promise<Phone> {
  const phone = await openPhone(browser, app.baseUrl)
  const session = { token, expiresAt: '2099-01-01T00:00:00.000Z' }
  const state = { member: null, staff: null, [role]: session }
  const kept = JSON.stringify({ data: JSON.stringify({ state, version: 0 }) })
  await phone.page.addInitScript({ content: `localStorage.setItem('jili.session', ${JSON.stringify(kept)})` })
  return phone
}

async function toPickUp() {
  const store = await make.store()
  const { order, member, gift } = await make.order({ gift: { storeIds: [store.id] } })
  const staff = await make.staff({ storeId: store.id })
  const { body } = await app.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token })
  return { order, member, staff, gift, digits: body.digits as string }
}

const stateOf = async (orderId: string): Promise<string> => {
  const { items } = await make.admin('GET', '/api/admin/orders')
  return items.find(({ id }: { id: string }) => id === orderId).state
}

async function openDesk(token: string, digits: string): Promise<Phone> {
  const desk = await signedIn('staff', token)
  await desk.page.goto('/#/packages/staff/desk/index')
  await at(desk, 'pad-digits').waitFor()
  for (const digit of digits) await tap(desk, `pad-${digit}`)
  return desk
}

const colorOf = (desk: Phone, id: string): Promise<string> =>
  at(desk, id).evaluate((element) => {
    const view = globalThis as unknown as { getComputedStyle(of: unknown): { backgroundColor: string } }
    return view.getComputedStyle(element).backgroundColor
  })
const green = 'rgb(30, 122, 86)'

test('without a connection the desk waits in amber, retries by itself, and is green on the answer only', async () => {
  const { order, staff, digits } = await toPickUp()
  const desk = await openDesk(staff.token, digits)
  await at(desk, 'desk-ok').waitFor()
  expect(await colorOf(desk, 'desk-ok')).not.toBe(green)
  await setOffline(desk, true)
  await tap(desk, 'desk-confirm')
  await at(desk, 'desk-pending').waitFor()
  expect(await at(desk, 'desk-pending').textContent()).toContain('待确认 · 先不要交付')
  expect(await colorOf(desk, 'desk-pending')).not.toBe(green)
  expect(await stateOf(order.id)).toBe('to_pick_up')
  await setOffline(desk, false)
  await at(desk, 'desk-done').waitFor({ timeout: 8_000 })
  expect(await colorOf(desk, 'desk-done')).toBe(green)
  expect(await stateOf(order.id)).toBe('completed')
  await desk.page.context().close()
}, 60_000)

test('an answer that got lost is asked for again, and the gift is handed over once', async () => {
  const { order, staff, digits } = await toPickUp()
  const desk = await openDesk(staff.token, digits)
  await at(desk, 'desk-ok').waitFor()
  const keys: string[] = []
  await desk.page.route('**/api/staff/redemptions', async (intercepted) => {
    if (intercepted.request().method() !== 'POST') return intercepted.continue()
    keys.push(intercepted.request().headers()['idempotency-key'] ?? '')
    if (keys.length > 1) return intercepted.continue()
    // The server hears it, the phone does not hear the server.
    await intercepted.fetch()
    return intercepted.abort()
  })
  await tap(desk, 'desk-confirm')
  await at(desk, 'desk-pending').waitFor()
  expect(await stateOf(order.id)).toBe('completed')
  await at(desk, 'desk-done').waitFor({ timeout: 8_000 })
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
  await desk.page.context().close()
}, 60_000)

test('a desk that is closed while it waits goes on when it is opened again', async () => {
  const { order, staff, digits } = await toPickUp()
  const desk = await openDesk(staff.token, digits)
  await at(desk, 'desk-ok').waitFor()
  await desk.page.route('**/api/staff/redemptions', (intercepted) =>
    intercepted.request().method() === 'POST' ? intercepted.abort() : intercepted.continue(),
  )
  await tap(desk, 'desk-confirm')
  await at(desk, 'desk-pending').waitFor()
  await desk.page.unroute('**/api/staff/redemptions')
  await desk.page.reload()
  await at(desk, 'desk-done').waitFor()
  expect(await stateOf(order.id)).toBe('completed')
  await desk.page.context().close()
}, 60_000)

test('a look-up without a connection is no refusal, and is made again by itself', async () => {
  const { staff, digits } = await toPickUp()
  const desk = await signedIn('staff', staff.token)
  await desk.page.goto('/#/packages/staff/desk/index')
  await at(desk, 'pad-digits').waitFor()
  await setOffline(desk, true)
  for (const digit of digits) await tap(desk, `pad-${digit}`)
  await at(desk, 'desk-unknown').waitFor()
  expect(await at(desk, 'desk-unknown').textContent()).toContain('先不要交付')
  await setOffline(desk, false)
  await at(desk, 'desk-ok').waitFor({ timeout: 8_000 })
  await desk.page.context().close()
}, 60_000)

test('the code stays readable without a connection, says how old it is, and turns within 2 s of the hand-over', async () => {
  const { order, member, staff, digits } = await toPickUp()
  const phone = await signedIn('member', member.token)
  await phone.page.clock.install()
  await phone.page.goto(`/#/packages/order/code/index?id=${order.id}`)
  await at(phone, 'code-digits').waitFor()
  await setOffline(phone, true)
  await phone.page.clock.runFor(40_000)
  await expectText(phone, 'code-stale', /没能刷新，这个二维码还能用 \d+ 秒/)
  await phone.page.clock.runFor(80_000)
  await expectText(phone, 'code-stale', /请店员输入上面的数字/)
  expect(((await at(phone, 'code-digits').textContent()) ?? '').replace(/\D/g, '')).toBe(digits)
  await setOffline(phone, false)
  await phone.page.clock.runFor(6_000)
  await at(phone, 'code-refresh').waitFor()
  await phone.page.clock.resume()

  await app.send('POST', '/api/staff/redemptions', { token: staff.token, body: { code: digits } })
  const handedOverAt = Date.now()
  await at(phone, 'code-done').waitFor({ timeout: 5_000 })
  const turnedAfterMs = Date.now() - handedOverAt
  expect(turnedAfterMs).toBeLessThan(2_000)
  await phone.page.context().close()
}, 60_000)

const expectText = ({ page }: Phone, id: string, wanted: RegExp): Promise<void> =>
  page.locator(`#${id}`, { hasText: wanted }).locator('visible=true').first().waitFor()

test('an invite poster that could not be drawn is drawn on the second try, and can be kept', async () => {
  const member = await make.member()
  const phone = await signedIn('member', member.token)
  await phone.page.goto('/#/packages/member/invite/index')
  await at(phone, 'make-poster').waitFor()
  await setOffline(phone, true)
  await tap(phone, 'make-poster')
  await phone.page.locator('#poster-sheet .empty-state').waitFor()
  await setOffline(phone, false)
  await phone.page.locator('#poster-sheet .empty-state__action').click()
  const picture = phone.page.locator('#poster img')
  await picture.waitFor()
  await phone.page.waitForFunction('document.querySelector("#poster img").naturalHeight === 1200')
  const kept = phone.page.waitForEvent('download')
  await tap(phone, 'save-poster')
  expect((await kept).suggestedFilename()).toBe('积礼邀请海报.png')
  await phone.page.context().close()
}, 60_000)
