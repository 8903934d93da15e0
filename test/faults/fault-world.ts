import assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { LocalServices } from '#bff/local/services/index'
import { activeWay, removeDataDir, startOwnServices, temporaryDataDir } from '#test/bff/local/local-database'
import { type BffProcess, startBffProcess } from '#test/support/app'
import type { Send } from '#test/support/client'
import { testSettings } from '#test/support/environment'
import { eventually } from '#test/support/eventually'
import { createFactories, type Factories } from '#test/support/factories'

/** What can be killed; DocumentDB consists of two processes. */
export const victims =
  activeWay === 'documentdb'
    ? (['bff', 'redis', 'postgres', 'gateway'] as const)
    : (['bff', 'redis', 'mongod'] as const)
export type Victim = (typeof victims)[number]

/** A step of a request, as `faulty-bff.main.ts` names it. */
export interface Step {
  /** Method and path of the request, or `delivery` of what it left in the outbox. */
  flow: string
  step: string
}

interface Fault extends Step {
  victim: Victim
  /** Whether the victim is back before the BFF goes on, or only after the BFF has met its absence. */
  isBackAtOnce: boolean
}

/** Database, Redis and a BFF of its own, each of which is killed at an exact step of a request and started again. */
export class FaultWorld {
  private bff!: BffProcess
  private fault: (Fault & { struck: () => void }) | undefined
  private recorded: Step[] | undefined
  private comeBack: () => Promise<void> = async () => undefined

  private constructor(
    private readonly dataDir: string,
    private readonly services: LocalServices,
    private readonly settings: NodeJS.ProcessEnv,
  ) {}

  static async start(): Promise<FaultWorld> {
    // Started once for each fault: a bundle starts three times as fast as sources.
    execFileSync('node_modules/.bin/esbuild', bundleArgs, { stdio: 'ignore' })
    const dataDir = temporaryDataDir()
    const { services } = await startOwnServices(dataDir)
    const uri = new URL(services.mongodbUri)
    uri.pathname = `/jili_faults_${randomBytes(4).toString('hex')}`
    uri.searchParams.set('monitorCommands', 'true')
    const settings = testSettings({
      MONGODB_URI: uri.href,
      REDIS_URL: services.redisUrl,
      ...(process.env.FAULTS ? { LOG_LEVEL: 'error' } : {}),
    })
    const world = new FaultWorld(dataDir, services, settings)
    await world.startBff()
    return world
  }

  async stop(): Promise<void> {
    await this.bff?.kill()
    await this.services.stop()
    removeDataDir(this.dataDir)
  }

  /** To the BFF that runs now: tokens outlive it. */
  readonly send: Send = (...request) => this.bff.send(...request)
  readonly make: Factories = createFactories(this.send)

  /** The steps of a flow, up to the last one, that `work` takes when nothing is killed. */
  async record(flow: string, last: string, work: () => Promise<unknown>): Promise<string[]> {
    const steps: Step[] = []
    this.recorded = steps
    await work()
    const ofFlow = () => new Set(steps.filter((step) => step.flow === flow).map(({ step }) => step))
    // Some come when the client already has its answer.
    await eventually(() => assert.ok(ofFlow().has(last)), { withinMs: 20_000 })
    this.recorded = undefined
    return [...ofFlow()]
  }

  /** Kills the victim when that step is reached; resolves then. */
  strikeAt(fault: Fault): Promise<void> {
    return new Promise((struck) => {
      this.fault = { ...fault, struck }
    })
  }

  /** Brings back what was killed, if it is not back yet; a step that was never reached is forgotten. */
  async recover(): Promise<void> {
    this.fault = undefined
    await this.comeBack()
    this.comeBack = async () => undefined
  }

  /** Does something on a clock that has moved on; afterwards the next BFF has the machine's again. */
  async later(advanceMs: number, work: () => Promise<void>): Promise<void> {
    await this.make.admin('POST', '/api/admin/clock', { advanceMs })
    await work()
    await this.bff.kill()
    await this.startBff()
  }

  private async startBff(): Promise<void> {
    this.bff = await startBffProcess(this.settings, bundle, (line, { stdin }) => {
      const step = line as Step
      if (!step.step) return void process.stderr.write(`${JSON.stringify(line)}\n`)
      this.recorded?.push(step)
      const { fault } = this
      if (fault?.flow !== step.flow || fault.step !== step.step) return void stdin?.write('.')
      this.fault = undefined
      this.strike(fault).then(() => {
        fault.struck()
        stdin?.write('.')
      })
    })
  }

  private async strike({ victim, isBackAtOnce }: Fault): Promise<void> {
    const { mongodb, redis } = this.services
    if (victim === 'bff') {
      await this.bff.kill()
      this.comeBack = () => this.startBff()
      return
    }
    await (victim === 'redis' ? redis.kill() : mongodb.kill(victim === 'mongod' ? undefined : victim))
    const restart = () => (victim === 'redis' ? redis.restart() : mongodb.restart())
    if (isBackAtOnce) return restart()
    // Without Redis a request is served, without a database it waits: so the database comes back meanwhile.
    const back = victim === 'redis' ? undefined : restart()
    this.comeBack = () => back ?? restart()
  }
}

const bundle = join('dist', 'test', 'faulty-bff.js')
const bundleArgs = [
  'test/support/faulty-bff.main.ts',
  '--bundle',
  '--packages=external',
  '--platform=node',
  '--target=node20',
  `--outfile=${bundle}`,
]
