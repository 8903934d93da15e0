import { type IncomingMessage, request } from 'node:http'
import mongoose from 'mongoose'
import { z } from 'zod'
import { AuditEntryModel } from '#bff/features/audit/audit-entry.model'
import { csvFile } from '#bff/platform/csv-file'
import { eachRow } from '#bff/platform/mongo/each-row'
import { anyone, type Route, route } from '#bff/platform/route'
import { defineContract } from '#shared/contracts/contract'
import { startTestApp, type TestApp } from '#test/support/app'
import { eventually } from '#test/support/eventually'

/** What each made file has come to. */
const made = { rows: 0, ended: 0, peakBytes: 0 }
beforeEach(() => Object.assign(made, { rows: 0, ended: 0, peakBytes: 0 }))

const usedBytes = () => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function* manyRows(count: number, failsAt = Number.POSITIVE_INFINITY) {
  try {
    while (made.rows < count) {
      if (made.rows === failsAt) throw new Error('the database went away')
      made.rows += 1
      if (made.rows % 1_000 === 0) made.peakBytes = Math.max(made.peakBytes, usedBytes())
      yield [made.rows, 'x'.repeat(1_000)]
    }
  } finally {
    made.ended += 1
  }
}

const fileRoute = (path: string, rows: () => AsyncIterable<(string | number)[]>): Route =>
  route(
    defineContract({
      id: `test.${path}`,
      method: 'GET',
      path: `/api/test/${path}`,
      actor: 'public',
      summary: '测试',
      produces: 'csv',
      status: 200,
      response: z.string(),
    }),
    anyone,
    async () => csvFile('一份"文件".csv', ['编号', '文字'], rows()),
  )

async function* storedRows() {
  const cursor = AuditEntryModel.find().sort({ _id: 1 }).lean().cursor({ batchSize: 10 })
  for await (const { adminName } of eachRow(cursor)) yield [1, adminName]
}

let bff: TestApp
const commands: string[] = []
beforeAll(async () => {
  const uri = new URL(process.env.MONGODB_URI ?? '')
  uri.pathname = `/jili_test_csv_${process.pid}`
  uri.searchParams.set('monitorCommands', 'true')
  bff = await startTestApp({ MONGODB_URI: uri.href }, [
    fileRoute('short', () => manyRows(3)),
    fileRoute('empty', () => manyRows(0)),
    fileRoute('long', () => manyRows(100_000)),
    fileRoute('fails-at-once', () => manyRows(9, 0)),
    fileRoute('fails-late', () => manyRows(100_000, 50_000)),
    fileRoute('stored', storedRows),
  ])
  mongoose.connection.getClient().on('commandStarted', ({ commandName }) => commands.push(commandName))
  const stored = Array.from({ length: 300 }, (_, index) => ({
    _id: String(index).padStart(5, '0'),
    adminId: 'x',
    adminName: 'x'.repeat(100_000),
    operation: 'test',
    targetId: 'x',
    before: null,
    after: null,
    occurredAt: new Date(),
  }))
  await AuditEntryModel.insertMany(stored)
})
afterAll(() => bff.stop())

const open = (path: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    request(`${bff.baseUrl}/api/test/${path}`, resolve).on('error', reject).end()
  })

test('a file comes whole, with its name and type, and no cache keeps it', async () => {
  const response = await fetch(`${bff.baseUrl}/api/test/short`)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-disposition')).toContain(
    `filename*=UTF-8''${encodeURIComponent('一份"文件".csv')}`,
  )
  expect((await response.text()).split('\r\n')).toHaveLength(5)
  expect(await (await fetch(`${bff.baseUrl}/api/test/empty`)).text()).toBe('编号,文字\r\n')
})

test('a failure before the first byte is an error like any other', async () => {
  const { status, headers, body } = await bff.send('GET', '/api/test/fails-at-once')
  expect([status, body.error.code]).toEqual([500, 'service.failed'])
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  expect(headers.get('content-disposition')).toBeNull()
})

test('a failure later cuts the connection: no client takes a part for the whole', async () => {
  const response = await fetch(`${bff.baseUrl}/api/test/fails-late`)
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow()
  expect(made).toMatchObject({ rows: 50_000, ended: 1 })
})

test('a long file costs no memory', async () => {
  const before = usedBytes()
  const response = await open('long')
  let bytes = 0
  for await (const chunk of response) bytes += (chunk as Buffer).length
  expect(bytes).toBeGreaterThan(100_000_000)
  expect(made.peakBytes - before).toBeLessThan(64_000_000)
})

test('a client that goes away ends the making', async () => {
  const response = await open('long')
  response.destroy()
  await eventually(() => expect(made.ended).toBe(1), { withinMs: 20_000 })
  expect(made.rows).toBeLessThan(100_000)
})

test('a client that goes away leaves no cursor open', async () => {
  commands.length = 0
  const response = await open('stored')
  expect(commands).not.toContain('killCursors')
  response.destroy()
  await eventually(() => expect(commands).toContain('killCursors'), { withinMs: 20_000 })
})

test('asking for the headers alone makes no file', async () => {
  const response = await fetch(`${bff.baseUrl}/api/test/long`, { method: 'HEAD' })
  expect(response.status).toBe(200)
  await eventually(() => expect(made.ended).toBe(1), { withinMs: 20_000 })
  expect(made.rows).toBeLessThan(1_000)
})
