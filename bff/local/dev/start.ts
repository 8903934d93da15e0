import { parseArgs } from 'node:util'
import { createSteps } from '../../../scripts/steps.cjs'
import { startDev } from './dev'

const steps = createSteps(Number(process.env.JILI_DEV_STARTED_AT) || Date.now(), process.stdout)
const closers: (() => Promise<void>)[] = []
let stopping: Promise<never> | undefined

async function stop(exitCode: number): Promise<never> {
  for (const close of closers.reverse()) await close().catch((error: unknown) => console.error(error))
  process.exit(exitCode)
}

function onStopRequest(): void {
  if (stopping) return
  steps.line('stopping …')
  stopping = stop(0)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onStopRequest)
process.on('disconnect', onStopRequest)

async function main(): Promise<never> {
  const { values } = parseArgs({ options: { reset: { type: 'boolean', default: false } } })
  return await startDev({ steps, isReset: values.reset, onStop: (close) => closers.push(close) })
}

main().catch((error: unknown) => {
  // What fails because everything is being stopped is no news.
  if (stopping) return
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  stopping = stop(1)
})
