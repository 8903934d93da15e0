import { parseArgs } from 'node:util'
import { createSteps } from '../../../scripts/steps.cjs'
import { LocalServicesError } from '../services/index'
import { startDemo } from './demo'
import { DemoProblem } from './problem'

/** npm and the terminal both pass one Ctrl-C on; only a later one is a second one. */
const sameSignalMs = 1_000

const startedAt = Number(process.env.JILI_DEMO_STARTED_AT) || Date.now()
const steps = createSteps(startedAt, process.stdout)
const isChild = process.connected
const closers: (() => Promise<void>)[] = []
const stopping = new AbortController()
let stopRequestedAt = 0

async function stop(exitCode: number): Promise<never> {
  stopping.abort()
  for (const close of closers.reverse()) {
    await close().catch((error: unknown) => console.error(error))
  }
  // Whatever else still runs, such as a download, belongs to this group when scripts/demo.cjs started it.
  if (isChild && !process.connected) process.kill(0, 'SIGTERM')
  process.exit(exitCode)
}

function onStopRequest(): void {
  if (stopRequestedAt > 0) {
    if (Date.now() - stopRequestedAt > sameSignalMs) process.exit(1)
    return
  }
  stopRequestedAt = Date.now()
  steps.line('stopping …')
  void stop(0)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onStopRequest)
process.on('disconnect', onStopRequest)

function explain(error: unknown): string {
  if (error instanceof DemoProblem) return error.message
  if (error instanceof LocalServicesError)
    return `数据库没有启动起来 / no database could be started\n\n${error.message}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false } } })
  await startDemo({
    steps,
    isReset: values.reset,
    signal: stopping.signal,
    onStop: (close) => closers.push(close),
  })
}

main().catch((error: unknown) => {
  // What fails because everything is being stopped is no news.
  if (stopRequestedAt > 0) return
  stopRequestedAt = Date.now()
  console.error(`\n${explain(error)}\n`)
  void stop(1)
})
