import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { dayOfPurchases } from '#bff/local/shop/day-of-purchases'
import { createShopClient, ShopRefusal } from '#bff/local/shop/shop-client'
import { startTestApp, type TestApp } from '#test/support/app'
import { createFactories, type Factories } from '#test/support/factories'

let bff: TestApp
let make: Factories
beforeAll(async () => {
  bff = await startTestApp()
  make = createFactories(bff.send)
})
afterAll(() => bff.stop())

const purchase = (memberId: string) => ({
  purchaseNumber: 'one',
  member: { id: memberId },
  occurredAt: new Date().toISOString(),
  lines: [{ lineId: '1', paidFen: 2_500 }],
})

async function openClient(baseUrl = bff.baseUrl) {
  return createShopClient({ baseUrl, ...(await make.openClient({ kind: 'shop', scopes: ['purchases'] })) })
}

test('a day of the simulator against a real Jili leaves a clean ledger', async () => {
  await make.store()
  for (const _ of [1, 2, 3]) await make.member()
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', 'bff/local/shop/simulator.main.ts'],
    ...['--url', bff.baseUrl, '--username', 'owner', '--password', 'jili-test-owner'],
    ...['--purchases', '60', '--seed', '7'],
  ])
  expect(stdout).toContain('60 purchases in 1 shops')
  expect(stdout).not.toContain('refused')
  await make.expectCleanLedger()
})

test('the same seed gives the same day, with repeats, refunds and one that overtakes its purchase', () => {
  const [from, until] = [new Date('2026-08-01T02:00:00Z'), new Date('2026-08-01T14:00:00Z')]
  const options = { seed: 3, purchases: 400, storeIds: ['a', 'b'], memberIds: ['x', 'y', 'z'], from, until }
  const day = dayOfPurchases(options)
  expect(dayOfPurchases(options)).toEqual(day)
  const numbers = day.map((told) =>
    'purchase' in told ? told.purchase.purchaseNumber : told.refund.refundNumber,
  )
  expect(new Set(numbers.filter((number) => !number.endsWith('-R'))).size).toBe(400)
  expect(numbers.length).toBeGreaterThan(new Set(numbers).size)
  const overtaking = numbers.filter((number, i) => numbers.indexOf(number.replace('-R', '')) > i)
  expect(overtaking.length).toBeGreaterThan(0)
})

describe('the client for shops', () => {
  test('gives a refusal its code, and does not try it again', async () => {
    const client = await openClient()
    const refusal = await client.recordPurchase(purchase('unknown')).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ShopRefusal)
    expect(refusal).toMatchObject({ status: 404, code: 'resource.not_found' })
  })

  test('tries a lost answer again, and the purchase counts once', async () => {
    const { id, token } = await make.member()
    let calls = 0
    // Passes each call on, and keeps the first answer to itself.
    const lossy = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part) => parts.push(part))
      request.on('end', async () => {
        calls += 1
        const answer = await fetch(bff.baseUrl + request.url, {
          method: 'POST',
          headers: request.headers as Record<string, string>,
          body: Buffer.concat(parts).toString(),
        })
        const body = await answer.text()
        if (calls === 1) response.destroy()
        else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
      })
    })
    await new Promise<void>((resolve) => lossy.listen(0, '127.0.0.1', resolve))
    const client = await openClient(`http://127.0.0.1:${(lossy.address() as AddressInfo).port}`)
    const { repeated, purchase: recorded } = await client.recordPurchase(purchase(id))
    lossy.close()
    expect({ calls, repeated, points: recorded.points }).toEqual({ calls: 2, repeated: true, points: 25 })
    const { body } = await bff.send('GET', '/api/member/points', { token })
    expect(body.available).toBe(125)
  })
})
