import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { createClient, type Json, type Send } from '#test/support/client'
import { inParallel } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { createFactories, type Factories } from '#test/support/factories'
import { type ServerProcess, startServer } from './processes'

export interface StageOptions {
  /** How long a closed loop and an open loop each last. */
  seconds: number
  /** Entries of the ledger that is exported. */
  exportEntries: number
  /** Writes processor profiles of the BFF here. */
  profileDir?: string | undefined
}

export interface BenchMember {
  id: string
  token: string
}

export interface BenchGift {
  id: string
  name: string
  pricePoints: number
  perMemberLimit: number | null
}

/** A BFF and the floors, each in a process of its own, on a database of their own. */
export interface Stage extends StageOptions {
  bff: ServerProcess
  floor: ServerProcess
  send: Send
  database: mongoose.Connection
  /** Another BFF on the same database, with the worker. */
  startWorker(): Promise<ServerProcess>
  ownerToken(): Promise<string>
  /** Calls an admin route as the owner. */
  admin(method: string, path: string, body?: unknown): Promise<Json>
  members(count: number, points?: number): Promise<BenchMember[]>
  gifts(count: number, overrides: { stock: number; perMemberLimit?: number | null }): Promise<BenchGift[]>
  /** Moves the BFF's clock on. */
  advance(advanceMs: number): Promise<void>
  /** What the ledger's verification finds wrong. */
  verify(): Promise<string[]>
  close(): Promise<void>
}

/**
 * Settings of the BFF under load: as in production but for what production refuses, the WeChat stand-in, the clock
 * that can be moved, and no rate limits, which would end every load from one address.
 */
const bffSettings = (): NodeJS.ProcessEnv => testSettings({ NODE_ENV: 'development', LOG_LEVEL: 'error' })

export async function openStage(options: StageOptions): Promise<Stage> {
  const settings = bffSettings()
  const nodeArgs = options.profileDir ? ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`] : []
  // Without the worker: it would share the processor with the requests, as it does not where it matters.
  const bff = await startServer('bff', settings, { args: ['--services=web'], nodeArgs })
  const floor = await startServer('floor', settings)
  const database = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
  const send = createClient(bff.baseUrl)
  let make = createFactories(send)
  return {
    ...options,
    bff,
    floor,
    send,
    database,
    startWorker: () => startServer('bff', settings, { args: ['--services=web,worker'] }),
    ownerToken: () => make.adminToken(),
    admin: (method, path, body) => make.admin(method, path, body),
    members: (count, points = 10_000) => inParallel(Array(count).fill(points), 16, (p) => signUp(make, p)),
    gifts: (count, overrides) => inParallel(Array(count).fill(overrides), 8, (o) => createGift(make, o)),
    async advance(advanceMs) {
      await make.admin('POST', '/api/admin/clock', { advanceMs })
      // Admins' sessions end within a day.
      make = createFactories(send)
    },
    async verify() {
      const report = await make.admin('GET', '/api/admin/ledger/verification')
      return report.differences
        .slice(0, 5)
        .map((difference: Json) => `the ledger does not verify: ${JSON.stringify(difference)}`)
    },
    async close() {
      await Promise.all([bff.stop(), floor.stop()])
      await database.dropDatabase()
      await database.close()
    },
  }
}

async function signUp(make: Factories, points: number): Promise<BenchMember> {
  const { id, token } = await make.member({ points })
  return { id, token }
}

async function createGift(make: Factories, overrides: object): Promise<BenchGift> {
  const input = { pricePoints: 1, perMemberLimit: null, ...overrides }
  const { id, name } = await make.gift(input)
  return { id, name, pricePoints: input.pricePoints, perMemberLimit: input.perMemberLimit }
}

/** Goes round and round through a list; neighbours in time are neighbours in the list and so never the same. */
export function roundRobin<Item>(items: readonly Item[]): () => Item {
  let next = 0
  return () => items[next++ % items.length] as Item
}

/** The request by which a member redeems one piece at Jili, and at the floor. */
export const jiliOrder = (member: BenchMember, gift: BenchGift) => ({
  method: 'POST' as const,
  path: '/api/member/orders',
  token: member.token,
  key: randomUUID(),
  body: { items: [{ giftId: gift.id, quantity: 1 }] },
})

export const floorOrder = (member: BenchMember, gift: BenchGift, path = '/orders') => ({
  method: 'POST' as const,
  path,
  body: { memberId: member.id, key: randomUUID(), gift },
})

/** Orders these members have, counted where they lie. */
export const countOrders = (stage: Stage, members: readonly BenchMember[]): Promise<number> =>
  stage.database
    .collection('orders')
    .countDocuments(
      { memberId: { $in: members.map(({ id }) => id) } },
      { readConcern: { level: 'majority' } },
    )
