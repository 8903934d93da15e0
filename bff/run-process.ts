import { parseArgs } from 'node:util'
import { type AppOptions, startApp } from './app'
import { readEnv } from './env'
import { watchFaults } from './platform/faults'
import { createLogger } from './platform/logging'
import type { ProcessMessage, SupervisorMessage } from './supervisor'

/** How long a process that is failing waits to be replaced; it goes on answering meanwhile. Longer than a supervisor waits. */
const handOverMs = 60_000
/** Requests and jobs under way that last longer are cut: with Redis away a job's end is never told. */
const drainMs = 30_000

/** One BFF process, as its arguments and settings say. It never returns: the process ends by signal, by its supervisor or by a fault. */
export async function runProcess(parts: Pick<AppOptions, 'extraRoutes'> = {}): Promise<void> {
  try {
    await start(parts)
  } catch (error) {
    // Settings, arguments and databases: told to whoever starts it, in words.
    console.error(error instanceof Error ? error.message : 'the BFF could not start')
    process.exit(1)
  }
}

async function start(parts: Pick<AppOptions, 'extraRoutes'>): Promise<void> {
  const services = readServices()
  const env = readEnv(process.env)
  const logger = createLogger(env.LOG_LEVEL)
  let end = (exitCode: number): void => process.exit(exitCode)
  let isFailing = false
  watchFaults((error) => {
    logger.fatal({ err: error }, 'a fault that nobody foresaw')
    if (isFailing) return
    isFailing = true
    if (!tell({ isFailing: true })) return end(1)
    setTimeout(() => end(1), handOverMs)
  })

  const runs = { web: services.includes('web'), worker: services.includes('worker') }
  const app = await startApp({ env, runs, logger, ...parts })
  let isEnding = false
  end = (exitCode) => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), drainMs).unref()
    app.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        logger.error({ err: error }, 'not stopped in good order')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  process.on('message', (message: SupervisorMessage) => {
    if (message === 'stop') end(0)
    if (message === 'replaced') end(1)
  })
  console.log(JSON.stringify({ listening: app.port, services }))
  tell({ ready: { port: app.port } })
}

/** Whether there is a supervisor to tell. */
function tell(message: ProcessMessage): boolean {
  if (!process.connected || !process.send) return false
  process.send(message)
  return true
}

function readServices(): string[] {
  const { values } = parseArgs({ options: { services: { type: 'string', default: 'web,worker' } } })
  const services = values.services.split(',')
  const unknown = services.filter((name) => name !== 'web' && name !== 'worker')
  if (unknown.length > 0) throw new Error(`--services takes web and worker, not ${unknown.join(', ')}`)
  return services
}
