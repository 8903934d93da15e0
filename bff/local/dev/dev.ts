import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Env } from '#bff/env'
import type { Steps } from '../../../scripts/steps.cjs'
import { openDemoDatabase, seedBetweenMarks } from '../demo/demo-database'
import { drawPictures } from '../demo/draw-pictures'
import { paths } from '../demo/paths'
import { demoEnv } from '../demo/settings'
import { owner } from '../demo/world/team'
import { startLocalServices } from '../services/index'
import { freePort } from '../services/loopback-port'
import { startSmsStandIn } from '../sms/stand-in'
import { startWechatStandIn } from '../wechat/stand-in'
import { watchBff, watchH5 } from './watchers'

export interface DevOptions {
  steps: Steps
  isReset: boolean
  /** Is told how to end each thing that was started; the last one first. */
  onStop(close: () => Promise<void>): void
}

/**
 * Starts the loop of a developer: services, a small demo world, the BFF and the H5 from their sources, one port for
 * both. Goes on until one of them ends by itself.
 */
export async function startDev(options: DevOptions): Promise<never> {
  const { steps, onStop } = options
  const { port, inspect, isH5Wanted } = readSettings(process.env)
  await requireFreePort(port)
  const bffPort = isH5Wanted ? await freePort() : port
  const bffUrl = `http://127.0.0.1:${bffPort}`
  const print = (line: string) => console.log(line)
  const h5Env = { ...process.env, NODE_ENV: 'development', PORT: String(port), JILI_DEV_BFF: bffUrl }
  // The first to start, for it takes the longest.
  const h5 = isH5Wanted ? watchH5({ env: h5Env, print }) : null
  if (h5) onStop(h5.stop)
  const [env] = await Promise.all([prepareWorld(options), preparePictures(steps)])
  const bff = watchBff({ env: bffEnv(env, bffPort), inspect, print })
  onStop(bff.stop)
  const ended = Promise.race([bff.ended, ...(h5 ? [h5.ended] : [])])
  await Promise.race([steps.run('BFF', () => answers(`${bffUrl}/readyz`)), ended])
  if (h5) await Promise.race([steps.run('H5', () => answers(`http://127.0.0.1:${port}/`)), ended])
  steps.line(`ready after ${steps.secondsSinceStart()} s`)
  console.log(welcome(port, inspect))
  return await ended
}

function readSettings(env: NodeJS.ProcessEnv) {
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`PORT=${env.PORT} is not a port.`)
  return { port, inspect: env.INSPECT || '127.0.0.1:9229', isH5Wanted: env.H5 !== 'off' }
}

async function prepareWorld({ steps, isReset, onStop }: DevOptions): Promise<Env> {
  const services = await steps.run('MongoDB and Redis', (note) =>
    startLocalServices({ dataDir: paths.data, report: (line) => steps.line(`  ${line}`), progress: note }),
  )
  onStop(services.stop)
  const wechat = await startWechatStandIn()
  onStop(wechat.stop)
  const sms = await startSmsStandIn()
  const env = demoEnv(services, wechat, sms)
  const isConfigured = services.mongodb.way === 'configured'
  const state = await openDemoDatabase(env.MONGODB_URI, { isReset, isConfigured })
  if (!state) await steps.run('small demo world', (note) => seed(env, note))
  await sms.stop()
  return env
}

/** Loaded only when it is wanted: it brings the whole BFF along. */
async function seed(env: Env, note: (detail: string) => void): Promise<void> {
  const [{ seedWorld }, { offered }] = await Promise.all([
    import('../demo/seed/seed-world'),
    import('../demo/sign-ins'),
  ])
  await seedBetweenMarks(env.MONGODB_URI, () =>
    seedWorld({
      env,
      today: new Date(),
      memberIds: new Set(offered.map(({ id }) => id)),
      onProgress: (done, total) => note(`${done} of ${total} events`),
    }),
  )
}

const preparePictures = (steps: Steps) =>
  steps.run('pictures', (note) => drawPictures(paths.pictures, (done, total) => note(`${done} of ${total}`)))

/** The BFF reads its settings from its environment, as in production. */
function bffEnv(env: Env, port: number): NodeJS.ProcessEnv {
  const settings = Object.entries(env).filter(([, value]) => value !== undefined)
  return {
    ...process.env,
    ...Object.fromEntries(settings.map(([name, value]) => [name, String(value)])),
    PORT: String(port),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    UPLOADS_DIR: join(paths.data, 'uploads'),
  }
}

const answerEveryMs = 200

/** Waits until the address answers well. Has no limit of its own: a mistake in the sources is mended meanwhile. */
async function answers(url: string): Promise<void> {
  for (;;) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, answerEveryMs))
  }
}

/** Asked first: the server of development would silently take another port. */
const requireFreePort = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const server = createServer()
    server.once('error', () =>
      reject(
        new Error(
          `端口 ${port} 已被占用，换一个：PORT=${port + 1} npm run dev\n` +
            `Port ${port} is taken. Choose another: PORT=${port + 1} npm run dev`,
        ),
      ),
    )
    server.listen(port, process.env.HOST, () => server.close(() => resolve()))
  })

const welcome = (port: number, inspect: string): string =>
  [
    '',
    `  打开 Open       http://localhost:${port}   (API: http://localhost:${port}/docs)`,
    `  登录 Sign in    demo-xiaoman；管理 admin ${owner.username} / ${owner.password}`,
    `  调试 Debug      ${inspect} (.vscode/launch.json: "Attach to BFF")`,
    '  改动后 BFF 自动重启、页面自动刷新 / a change restarts the BFF or reloads the page',
    '  Ctrl-C 全部停止 ends everything · npm run dev -- --reset 重新开始 starts the world over',
    '',
  ].join('\n')
