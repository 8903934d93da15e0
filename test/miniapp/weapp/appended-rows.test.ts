/** @jest-environment node */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apiWithRows } from '../../bench/h5/api-rows'
import { type Answerer, type H5Server, serveH5 } from '../../bench/h5/serve-h5'
import { ensureBuilt } from './ensure-built'
import { openWeapp, type Weapp } from './open-weapp'

const updateBytesMax = 64 * 1024
/** Sent again, so many rows alone would be several times too much; with 1,000 the figures are the same. */
const manyRows = 300
const session = { token: 'rows', expiresAt: '2099-01-01T00:00:00.000Z' }

let distDir = ''
let server: H5Server
let weapp: Weapp
let empty = ''
let rowsBefore = 0
let asked: string[] = []

/** The first page has all rows that were there before, the next ones are as long as they are anywhere. */
const rows = apiWithRows(2_000)
const answer: Answerer = (path, query) => {
  if (query.has('cursor')) asked.push(path)
  else query.set('limit', String(rowsBefore))
  return rows(path, query)
}

beforeAll(async () => {
  distDir = ensureBuilt('weapp')
  empty = mkdtempSync(join(tmpdir(), 'jili-rows-'))
  server = await serveH5(empty, answer)
}, 180_000)

afterEach(() => weapp?.close())

afterAll(async () => {
  await server?.close()
  rmSync(empty, { recursive: true, force: true })
})

/** Opens a list and scrolls to its end. @returns the bytes of the largest update since then */
async function appendPage(route: string, count: number, lastOf: (rowsShown: number) => string) {
  rowsBefore = count
  asked = []
  const state = { member: session, staff: null }
  weapp = openWeapp({
    distDir,
    apiBase: server.baseUrl,
    storage: { 'jili.session': JSON.stringify({ state, version: 0 }) },
  })
  await weapp.open(route)
  await weapp.until(() => weapp.holds(lastOf(count)), 30_000)
  const whole = weapp.heaviestUpdate.bytes
  weapp.heaviestUpdate = { route, bytes: 0 }
  weapp.reachBottom()
  await weapp.until(() => weapp.holds(lastOf(count + 20)), 30_000)
  expect(asked).toHaveLength(1)
  expect(weapp.problems).toEqual([])
  const { bytes } = weapp.heaviestUpdate
  process.stderr.write(
    `  ${route}: ${(whole / 1024).toFixed(0)} KiB with ${count} rows, ${(bytes / 1024).toFixed(1)} KiB for 20 more\n`,
  )
  return bytes
}

describe('a page of rows after many others is at most 64 kB of data', () => {
  const lists: [string, string, number, (shown: number) => string][] = [
    ['the mall', 'pages/mall/index', manyRows, (shown) => `gift-gift-${shown - 1}`],
    ['orders', 'pages/orders/index', manyRows, (shown) => `order-order-${shown - 1}`],
    ['inbox', 'packages/member/inbox/index', manyRows, (shown) => `message-order-message-${shown - 1}`],
    [
      'points, in the same month',
      'packages/points/entries/index',
      manyRows,
      (shown) => `entry-entry-${shown - 1}`,
    ],
    // The 1,179th row is the first of October.
    [
      'points, into a new month',
      'packages/points/entries/index',
      1_170,
      (shown) => `entry-entry-${shown - 1}`,
    ],
  ]

  it.each(lists)('%s', async (_name, route, count, lastOf) => {
    expect(await appendPage(route, count, lastOf)).toBeLessThanOrEqual(updateBytesMax)
  })
})
