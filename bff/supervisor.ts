import cluster, { type Worker } from 'node:cluster'

/** What a BFF process tells its supervisor. `port` is 0 without the web service. */
export type ProcessMessage = { ready: { port: number } } | { isFailing: true }
/** What a supervisor tells a BFF process: `replaced` when a new one takes the connections of one that is failing. */
export type SupervisorMessage = 'stop' | 'replaced'

/** A process that has lived so long did not fail because of how it was started. */
const settledMs = 30_000
const failuresAtMost = 10
const longestDelayMs = 30_000
/** npm and the terminal both pass one Ctrl-C on; only a later one is a second one. */
const sameSignalMs = 1_000

/**
 * When to start anew after so many failures running: at once, then later and later; null when it is time to give up, and
 * whoever watches over the supervisor should know.
 */
export function restartDelayMs(failures: number): number | null {
  if (failures > failuresAtMost) return null
  return failures <= 1 ? 0 : Math.min(500 * 2 ** (failures - 2), longestDelayMs)
}

/**
 * Keeps one BFF process running, and does nothing else that could fail. It shares the port with it. A
 * process that is failing goes on until a new one listens, so that nobody is refused; one that died on the spot is replaced
 * at once, and connections are refused until that listens. A first start that fails ends the supervisor, so that wrong
 * settings show.
 */
export function supervise(): void {
  // Whoever read our output went away: no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  // Processes accept by themselves. A supervisor that hands connections over keeps those that a process died with.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  const supervisor = new Supervisor()
  process.on('SIGTERM', () => supervisor.onSignal())
  process.on('SIGINT', () => supervisor.onSignal())
  supervisor.start()
}

class Supervisor {
  /** Failing processes that a new one was started for. */
  private readonly failing = new Set<Worker>()
  private port = 0
  private settings: NodeJS.ProcessEnv = {}
  private failures = 0
  private hasBeenReady = false
  private stopRequestedAt = 0

  start(): void {
    if (this.stopRequestedAt > 0) return
    const startedAt = performance.now()
    // A port that the system chose stays the same: shared with a process that listens, asked for when none does.
    if (this.port > 0 && running().length === 0) this.settings = { PORT: String(this.port) }
    const startAgain = () => {
      this.failures = performance.now() - startedAt > settledMs ? 1 : this.failures + 1
      this.startAgain()
    }
    const worker = this.fork()
    if (!worker) {
      startAgain()
      return
    }
    // Told of a message to a process that has just died, whose end is told as well, and of one that never came to be.
    worker.on('error', (error) => {
      console.error(`a BFF process: ${error.message}`)
      if (worker.process.pid !== undefined) return
      if (this.hasBeenReady) startAgain()
      else process.exit(1)
    })
    worker.on('message', (message: ProcessMessage) => {
      if ('ready' in message) {
        this.hasBeenReady = true
        this.port = message.ready.port
        for (const failing of this.failing) tell(failing, 'replaced')
        // While it started it could not hear that everything is to stop.
        if (this.stopRequestedAt > 0) tell(worker, 'stop')
      } else if (!this.failing.has(worker)) {
        this.failing.add(worker)
        startAgain()
      }
    })
    worker.once('exit', (code) => {
      const isReplaced = this.failing.delete(worker)
      if (this.stopRequestedAt > 0) endWhenAlone(code)
      else if (!this.hasBeenReady) process.exit(code || 1)
      else if (!isReplaced) startAgain()
    })
  }

  /** Null when the system has no process to give, such as for want of memory: then it is tried again later. */
  private fork(): Worker | null {
    try {
      return cluster.fork(this.settings)
    } catch (error) {
      if (!this.hasBeenReady) throw error
      console.error(error instanceof Error ? error.message : 'no process could be started')
      return null
    }
  }

  private startAgain(): void {
    const delayMs = restartDelayMs(this.failures)
    if (delayMs === null) {
      console.error(`the BFF failed ${this.failures} times running: giving up`)
      this.stop(1)
      return
    }
    console.error(`the BFF failed: a new process starts${delayMs > 0 ? ` in ${delayMs / 1_000} s` : ''}`)
    setTimeout(() => this.start(), delayMs)
  }

  private stop(exitCode: number): void {
    this.stopRequestedAt = Date.now()
    if (exitCode !== 0) process.exitCode = exitCode
    for (const worker of running()) tell(worker, 'stop')
    endWhenAlone(exitCode)
  }

  onSignal(): void {
    if (this.stopRequestedAt === 0) {
      this.stop(0)
    } else if (Date.now() - this.stopRequestedAt > sameSignalMs) {
      for (const worker of running()) worker.process.kill('SIGKILL')
      process.exit(1)
    }
  }
}

const running = (): Worker[] =>
  Object.values(cluster.workers ?? {}).filter(
    (worker): worker is Worker => worker !== undefined && !worker.isDead(),
  )

const tell = (worker: Worker, message: SupervisorMessage) => worker.isConnected() && worker.send(message)

/** With the code of the last process, unless giving up has set another. */
function endWhenAlone(code: number): void {
  if (running().length === 0) process.exit(process.exitCode ?? code)
}
