import { startApp } from '#bff/app'
import { readEnv } from '#bff/env'

/** A BFF whose clock stands at FROZEN_AT and moves only over the clock route, so that a test can stand on a millisecond. */
async function main(): Promise<void> {
  const frozenAt = new Date(String(process.env.FROZEN_AT))
  const app = await startApp({
    env: readEnv(process.env),
    runs: { web: true, worker: false },
    clock: { now: () => frozenAt },
  })
  process.stdout.write(`${JSON.stringify({ listening: app.port })}\n`)
  process.on('SIGTERM', () => void app.stop().then(() => process.exit(0)))
}

void main()
