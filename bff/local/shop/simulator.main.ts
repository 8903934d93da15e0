import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { signInAdmin } from '#shared/contracts/admins'
import { listMembers } from '#shared/contracts/members'
import { createOpenClient } from '#shared/contracts/open-clients'
import { listStores } from '#shared/contracts/stores'
import { createApi } from '../demo/seed/api'
import { owner } from '../demo/world/team'
import { dayOfPurchases, type Told } from './day-of-purchases'
import { createShopClient, type ShopClient, ShopRefusal } from './shop-client'

/**
 * `npm run shop-simulator`: a believable day of purchases for a Jili that runs, by default the demo. Makes a client of the open
 * API for itself with the owner's name and password, and tells what came of the day.
 */

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    purchases: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    username: { type: 'string', default: process.env.OWNER_USERNAME ?? owner.username },
    password: { type: 'string', default: process.env.OWNER_PASSWORD ?? owner.password },
  },
})

const purchases = Number(values.purchases)
const seed = Number(values.seed)
const openHours = 12

interface Outcome {
  counted: number
  repeated: number
  refunds: number
  waited: number
  points: number
  takenBack: number
  refused: Map<string, number>
}

async function main(): Promise<void> {
  if (!Number.isInteger(purchases) || purchases < 1 || purchases > 100_000)
    throw new Error('--purchases is a whole number from 1 to 100000')
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed is a whole number')
  const { client, storeIds, memberIds } = await openShop()
  const until = new Date()
  const from = new Date(until.getTime() - openHours * 3_600_000)
  const day = dayOfPurchases({ seed, purchases, storeIds, memberIds, from, until })
  const outcome: Outcome = {
    ...{ counted: 0, repeated: 0, refunds: 0, waited: 0, points: 0, takenBack: 0 },
    refused: new Map(),
  }
  for (const told of day) await tell(client, told, outcome)
  const { counted, repeated, refunds, waited, points, takenBack, refused } = outcome
  console.log(`${counted} purchases in ${storeIds.length} shops, ${points} points; --seed=${seed}`)
  console.log(
    `${refunds} refunds, ${waited} of them before their purchase; ${takenBack} points taken back at once`,
  )
  console.log(`${repeated} told twice, which changed nothing`)
  for (const [code, times] of refused) console.log(`refused: ${code} × ${times}`)
}

async function openShop() {
  const api = createApi(values.url)
  const admin = api.person(async (anyone) => {
    const { username, password } = values
    return (await anyone(signInAdmin, { body: { username, password } })).token
  })
  const { client, secret } = await admin(createOpenClient, {
    body: { name: `收银模拟 ${new Date().toISOString()}`, kind: 'shop', scopes: ['purchases'] },
  })
  const { items: stores } = await api.anyone(listStores)
  const { items: members } = await admin(listMembers)
  if (stores.length === 0 || members.length === 0) throw new Error('there are no shops or no members yet')
  return {
    client: createShopClient({ baseUrl: values.url, clientId: client.id, secret }),
    storeIds: stores.map(({ id }) => id),
    memberIds: members.filter(({ closedAt }) => closedAt === null).map(({ id }) => id),
  }
}

async function tell(client: ShopClient, told: Told, outcome: Outcome): Promise<void> {
  try {
    if ('purchase' in told) {
      const { purchase, repeated } = await client.recordPurchase(told.purchase)
      if (repeated) outcome.repeated += 1
      else outcome.counted += 1
      if (!repeated) outcome.points += purchase.points
      return
    }
    const { refund, repeated } = await client.recordRefund(told.refund)
    if (repeated) outcome.repeated += 1
    else outcome.refunds += 1
    if (refund.state === 'waiting') outcome.waited += 1
    if (!repeated) outcome.takenBack += refund.pointsTakenBack
  } catch (error) {
    if (!(error instanceof ShopRefusal)) throw error
    outcome.refused.set(error.code, (outcome.refused.get(error.code) ?? 0) + 1)
  }
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
