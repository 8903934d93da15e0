import { rmSync, writeFileSync } from 'node:fs'
import { type App, startApp } from '#bff/app'
import type { Env } from '#bff/env'
import type { Steps } from '../../../scripts/steps.cjs'
import { startLocalServices } from '../services/index'
import { type SmsStandIn, startSmsStandIn } from '../sms/stand-in'
import { startWechatStandIn, type WechatStandIn } from '../wechat/stand-in'
import { type DemoState, openDemoDatabase, seedBetweenMarks } from './demo-database'
import { drawPictures } from './draw-pictures'
import { createDemoFollowsRoute } from './follows'
import { buildH5, isH5Stale } from './h5'
import { createDemoMessagesRoute } from './messages'
import { outliveFaults } from './outlive-faults'
import { paths } from './paths'
import { DemoProblem } from './problem'
import { seedWorld } from './seed/seed-world'
import { demoEnv } from './settings'
import { demoSignInsRoute } from './sign-ins'
import { welcome } from './welcome'

export interface DemoOptions {
  steps: Steps
  isReset: boolean
  signal: AbortSignal
  /** Is told how to end each thing that was started; the last one first. */
  onStop(close: () => Promise<void>): void
}

/** Starts everything and says what to open. Pages and world do not need each other, so they are made side by side. */
export async function startDemo(options: DemoOptions): Promise<void> {
  const { steps, onStop } = options
  const [world] = await Promise.all([makeWorld(options), makePages(options), makePictures(options)])
  const app = await steps.run('BFF', () => listen(world))
  onStop(outliveFaults(app, () => listen(world)))
  steps.line(`ready after ${steps.secondsSinceStart()} s`)
  console.log(welcome(app.port, world.madeAt))
}

async function makePictures({ steps }: DemoOptions): Promise<void> {
  await steps.run('pictures', (note) =>
    drawPictures(paths.pictures, (done, total) => note(`${done} of ${total}`)),
  )
}

async function makePages({ steps, signal }: DemoOptions): Promise<void> {
  if (!isH5Stale()) return steps.line('✓ H5 (built from these sources before)')
  await steps.run('H5 build', () => buildH5(signal))
}

interface DemoWorld {
  env: Env
  sms: SmsStandIn
  wechat: WechatStandIn
  madeAt: Date
}

async function makeWorld({ steps, onStop, isReset }: DemoOptions): Promise<DemoWorld> {
  const services = await steps.run('MongoDB and Redis', (note) =>
    startLocalServices({
      dataDir: paths.data,
      report: (line) => steps.line(`  ${line}`),
      progress: note,
    }),
  )
  onStop(services.stop)
  writeFileSync(paths.running, JSON.stringify({ mongodbUri: services.mongodbUri }), { mode: 0o600 })
  onStop(async () => rmSync(paths.running, { force: true }))
  const wechat = await startWechatStandIn()
  onStop(wechat.stop)
  const sms = await startSmsStandIn({
    onMessage: ({ phone, text }) => steps.line(`短信 SMS → ${phone}  ${text}`),
  })
  onStop(sms.stop)
  const env = demoEnv(services, wechat, sms)
  const isConfigured = services.mongodb.way === 'configured'
  const state: DemoState | null = await openDemoDatabase(env.MONGODB_URI, { isReset, isConfigured })
  if (state?.seededAt) return { env, sms, wechat, madeAt: state.seededAt }
  const today = new Date()
  await steps.run('demo world', (note) =>
    seedBetweenMarks(env.MONGODB_URI, () =>
      seedWorld({ env, today, onProgress: (done, total) => note(`${done} of ${total} events`) }),
    ),
  )
  return { env, sms, wechat, madeAt: today }
}

async function listen({ env, sms, wechat }: DemoWorld): Promise<App> {
  try {
    const follows = createDemoFollowsRoute(wechat.control, `http://127.0.0.1:${env.PORT}`)
    const extraRoutes = [demoSignInsRoute, createDemoMessagesRoute(sms), follows]
    return await startApp({ env, runs: { web: true, worker: true }, extraRoutes })
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error
    throw new DemoProblem(
      `端口 ${env.PORT} 刚被别的程序占用，换一个：PORT=${env.PORT + 1} npm run demo\n` +
        `Port ${env.PORT} was taken meanwhile. Choose another: PORT=${env.PORT + 1} npm run demo`,
    )
  }
}
