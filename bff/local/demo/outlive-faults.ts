import type { App } from '#bff/app'
import { watchFaults } from '#bff/platform/faults'
import { restartDelayMs } from '#bff/supervisor'

/** A BFF that has run so long did not fail because of how it was started. */
const settledMs = 60_000

/**
 * The demo is one process, databases and all: there a fault that nobody foresaw ends the BFF alone, which finishes its requests
 * and is started anew. Faults running end the demo. Returns how to stop the BFF that runs then.
 */
export function outliveFaults(first: App, start: () => Promise<App>): () => Promise<void> {
  let app: App | null = first
  let failures = 0
  let startedAt = performance.now()
  let restarting: Promise<void> | null = null
  let isStopping = false

  async function restart(delayMs: number): Promise<void> {
    const failed = app
    app = null
    await failed?.stop()
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    if (!isStopping) app = await start()
    startedAt = performance.now()
  }

  watchFaults((error) => {
    console.error(error)
    if (restarting || isStopping) return
    failures = performance.now() - startedAt > settledMs ? 1 : failures + 1
    const delayMs = restartDelayMs(failures)
    if (delayMs === null) return void process.kill(process.pid, 'SIGTERM')
    console.error('  BFF 出错，正在重新启动 / the BFF failed and is starting anew')
    const running = restart(delayMs)
    restarting = running
    // A start that fails is a fault again, heard above.
    void running.finally(() => {
      restarting = null
    })
  })
  return async () => {
    isStopping = true
    await restarting?.catch(() => undefined)
    await app?.stop()
  }
}
