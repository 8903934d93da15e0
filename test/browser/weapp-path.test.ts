import { randomUUID } from 'node:crypto'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { openWeapp, type Weapp } from '#test/miniapp/weapp/open-weapp'
import { startTestApp, type TestApp } from '#test/support/app'
import { createFactories, type Factories } from '#test/support/factories'

let app: TestApp
let make: Factories
let distDir: string

beforeAll(async () => {
  distDir = ensureBuilt('weapp')
  app = await startTestApp()
  make = createFactories(app.send)
}, 180_000)

afterAll(() => app?.stop())

const waitFor = (weapp: Weapp, id: string) => weapp.until(() => weapp.textOf(id) !== null, 10_000)

async function signIn(weapp: Weapp): Promise<void> {
  await waitFor(weapp, 'consent')
  await weapp.tap('consent')
  await weapp.tap('wechat-sign-in')
}

/** WeChat refuses 1 MB and grows slow long before. */
const updateBytesMax = 64 * 1024

test('no page sends more than 64 kB of data at once, full lists included', async () => {
  const names = Array.from({ length: 24 }, (_, index) => `随行保温杯 480ml 松针绿 ${index + 1}`)
  for (const name of names) await make.gift({ name, perMemberLimit: 2, marketPriceFen: 16_800 })
  const weapp = openWeapp({ distDir, apiBase: app.baseUrl, loginCode: `demo-${randomUUID()}` })
  await weapp.open('packages/member/sign-in/index')
  await signIn(weapp)
  await weapp.open('pages/home/index')
  await waitFor(weapp, 'check-in')
  await weapp.open('pages/mall/index')
  await waitFor(weapp, 'gifts')
  for (const route of ['pages/me/index', 'packages/points/entries/index', 'packages/staff/desk/index'])
    await weapp.open(route)
  const { route, bytes } = weapp.heaviestUpdate
  process.stderr.write(`  heaviest update: ${(bytes / 1024).toFixed(1)} KiB on ${route}\n`)
  expect(bytes).toBeLessThanOrEqual(updateBytesMax)
  weapp.close()
}, 60_000)

test('outside WeChat the built mini program goes the main path against the real BFF', async () => {
  const store = await make.store()
  const gift = await make.gift({ name: '手作陶杯', pricePoints: 60, storeIds: [store.id] })
  const staff = await make.staff({ storeId: store.id })

  const member = openWeapp({ distDir, apiBase: app.baseUrl, loginCode: `demo-${randomUUID()}` })
  await member.open('pages/home/index')
  await waitFor(member, 'sign-in')
  await member.tap('sign-in')
  await signIn(member)
  await waitFor(member, 'check-in')
  await member.tap('check-in')
  await waitFor(member, 'check-in-done')

  await member.open('packages/gift/detail/index', { id: gift.id })
  await waitFor(member, 'redeem')
  await member.tap('redeem')
  await waitFor(member, 'confirm-redeem')
  await member.tap('confirm-redeem')
  await waitFor(member, 'show-code')
  await member.tap('show-code')
  await waitFor(member, 'code-digits')
  const digits = member.textOf('code-digits')?.replace(/\D/g, '') ?? ''
  expect(digits).toHaveLength(12)

  const desk = openWeapp({ distDir, apiBase: app.baseUrl, loginCode: `demo-${staff.openid}` })
  await desk.open('packages/staff/desk/index')
  await waitFor(desk, 'staff-sign-in')
  await desk.tap('staff-sign-in')
  await signIn(desk)
  await waitFor(desk, 'desk-mode')
  await desk.tap('desk-mode')
  for (const digit of digits) await desk.tap(`pad-${digit}`)
  await waitFor(desk, 'desk-ok')
  await desk.tap('desk-confirm')
  await waitFor(desk, 'desk-done')
  await waitFor(member, 'code-done')

  expect([...member.problems, ...desk.problems]).toEqual([])
  member.close()
  desk.close()
  await make.expectCleanLedger()
}, 120_000)
