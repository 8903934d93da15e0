import { startApp } from '#bff/app'
import type { Env } from '#bff/env'
import { sweepDueOrders } from '#bff/features/orders/index'
import type { Outbox } from '#bff/platform/outbox/outbox'
import { readAllMessages } from '#shared/contracts/inbox'
import { verifyLedger } from '#shared/contracts/points'
import { members } from '../world/members'
import { createApi } from './api'
import { openRains } from './open-rains'
import { openShops } from './open-shops'
import { planHistory } from './plan-history'
import { playHistory } from './play-history'
import { setUpSecondCheck } from './second-check'
import { setUpTasks } from './set-up-tasks'
import { createStage, createStageClock, type Stage } from './stage'

export interface SeedOptions {
  /** Settings of the BFF whose empty database gets the demo world; its owner must be set. */
  env: Env
  today: Date
  /** Whose past is played; everybody's when left out. */
  memberIds?: ReadonlySet<string>
  onProgress?: (done: number, total: number) => void
}

/** Members have read what came before this day; what came later greets them as new. */
const readUntilDay = -3

/**
 * Fills an empty database with the demo brand and the weeks before `today`, through the product's own operations,
 * in a BFF whose clock runs through those weeks.
 * @throws Error when the ledger does not balance afterwards
 */
export async function seedWorld(options: SeedOptions): Promise<void> {
  const { env, today, memberIds, onProgress = () => undefined } = options
  const { OWNER_USERNAME: username, OWNER_PASSWORD: password } = env
  if (!username || !password) throw new Error('the demo world needs an owner in the settings')
  const events = planHistory().filter(
    ({ memberId }) => !memberIds || memberId === null || memberIds.has(memberId),
  )
  const clock = createStageClock(today)
  const app = await startApp({
    env: { ...env, PORT: 0, HOST: '127.0.0.1', TEST_CLOCK: 'off', RATE_LIMITS: 'off', LOG_LEVEL: 'error' },
    runs: { web: true, worker: false },
    clock,
  })
  try {
    const { services } = app
    const api = createApi(`http://127.0.0.1:${app.port}`)
    const stage = createStage({
      api,
      clock,
      calendar: services.calendar,
      today,
      owner: { username, password },
    })
    clock.set(stage.instantOf({ day: (events[0]?.day ?? 0) - 1, minute: 9 * 60 }))
    await openShops(stage)
    const beforeDay = async (day: number) => {
      await sweepDueOrders(services)
      if (day === readUntilDay) await readMessages(stage, services.outbox)
    }
    await playHistory({ stage, events, beforeDay, onProgress })
    clock.set(today)
    await setUpSecondCheck(stage, env)
    await setUpTasks(stage, env, { outbox: services.outbox, pushTo: `http://127.0.0.1:${app.port}` })
    await openRains(stage)
    await deliverAll(services.outbox)
    await assertBalanced(stage)
  } finally {
    await app.stop()
  }
}

/** Side by side, for each delivery mostly waits for the database. */
async function deliverAll(outbox: Outbox): Promise<void> {
  const deliver = async () => {
    while ((await outbox.deliver()) > 0);
  }
  await Promise.all([deliver(), deliver(), deliver()])
}

async function readMessages(stage: Stage, outbox: Outbox): Promise<void> {
  await deliverAll(outbox)
  const present = members.filter(({ joinedDaysAgo }) => -joinedDaysAgo < readUntilDay)
  for (const { id } of present) await stage.member(id)(readAllMessages)
}

async function assertBalanced(stage: Stage): Promise<void> {
  const { ok, differences } = await stage.owner(verifyLedger)
  if (!ok) throw new Error(`the seeded ledger does not balance: ${JSON.stringify(differences)}`)
}
