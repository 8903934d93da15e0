import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { startTestApp, type TestApp } from '#test/support/app'
import { openBrowser, openPhone, waitUntilSettled } from '#test/support/browser'

const firstLoadBytesMax = 200 * 1024

let app: TestApp
let browser: Browser
let h5Dir: string

beforeAll(async () => {
  h5Dir = ensureBuilt('h5')
  app = await startTestApp({ H5_DIR: h5Dir })
  browser = await openBrowser()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

test('what home needs of script and style is at most 200 KB gzip', async () => {
  const phone = await openPhone(browser, app.baseUrl)
  // What is only guessed to come next is not what home needs.
  await phone.page.addInitScript(() =>
    Object.defineProperty(Reflect.get(globalThis, 'navigator'), 'connection', { value: { saveData: true } }),
  )
  const asked: string[] = []
  phone.page.on('request', (request) => {
    if (['script', 'stylesheet'].includes(request.resourceType())) asked.push(new URL(request.url()).pathname)
  })
  await phone.page.goto('/')
  await phone.page.locator('#sign-in').waitFor()
  await waitUntilSettled(phone)
  const bytes = asked.reduce((sum, path) => sum + gzipSync(readFileSync(join(h5Dir, path))).length, 0)
  process.stderr.write(`  first load: ${asked.length} files, ${(bytes / 1024).toFixed(1)} KB gzip\n`)
  expect(asked.length).toBeGreaterThan(2)
  expect(bytes).toBeLessThanOrEqual(firstLoadBytesMax)
})

test('the script of the gift page is loaded once home is there, unless data is to be saved', async () => {
  const giftPage = readdirSync(join(h5Dir, 'js')).filter((name) =>
    readFileSync(join(h5Dir, 'js', name), 'utf8').includes('gift-head__price'),
  )
  expect(giftPage).toHaveLength(1)
  const phone = await openPhone(browser, app.baseUrl)
  const asked: string[] = []
  phone.page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const isLoaded = phone.page.waitForRequest((request) => request.url().endsWith(String(giftPage[0])))
  await phone.page.goto('/')
  await isLoaded
  expect(asked.findIndex((path) => path.startsWith('/api/member/gifts'))).toBeLessThan(
    asked.indexOf(`/js/${giftPage[0]}`),
  )
})

test('no picture of the app itself is larger than it has to be', () => {
  const large = readdirSync(h5Dir, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(png|jpg|webp)$/.test(name) && statSync(join(h5Dir, name)).size > 40_000,
  )
  expect(large).toEqual([])
})

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['identity', null],
])('who accepts %s gets the script as %s', async (accepted, encoding) => {
  const [name] = readdirSync(join(h5Dir, 'js')).filter((file) => /^app\..*\.js$/.test(file))
  const answer = await fetch(`${app.baseUrl}/js/${name}`, { headers: { 'accept-encoding': accepted } })
  expect(answer.headers.get('content-encoding')).toBe(encoding)
  expect(answer.headers.get('content-type')).toMatch(/javascript/)
  expect(answer.headers.get('vary')).toMatch(/Accept-Encoding/i)
  expect(await answer.text()).toBe(readFileSync(join(h5Dir, 'js', name ?? ''), 'utf8'))
})
