import { DataFolder } from './data-folder'
import { type Machine, type Reporter, thisMachine } from './machine.cjs'
import type { MongodbService } from './mongodb-service'
import { type MongodbWay, mongodbWays } from './mongodb-ways'
import { type RedisWay, redisWays } from './redis-ways'
import type { RunningService } from './running-service'
import { type Chosen, chooseWay } from './way'

export { LocalServicesError } from './local-services.errors.cjs'
export type { Machine } from './machine.cjs'
export type { MongodbWay } from './mongodb-ways'
export type { RedisWay } from './redis-ways'

/** MongoDB and Redis, running. */
export interface LocalServices {
  /** A replica set, so transactions work; the database is `jili` unless MONGODB_URI names another. */
  readonly mongodbUri: string
  readonly redisUrl: string
  /** `kill` ends the database with SIGKILL, `restart` brings the same data back on the same port. Both throw for 'configured'. */
  readonly mongodb: Pick<MongodbService, 'kill' | 'restart'> & {
    readonly way: MongodbWay
    readonly why: string
  }
  readonly redis: Pick<RunningService, 'kill' | 'restart'> & { readonly way: RedisWay; readonly why: string }
  /** Ends in good order all that was started here, and nothing else. May be called twice. */
  stop(): Promise<void>
}

export interface LocalServicesOptions {
  /** Keeps data, ports and logs; one starter at a time. */
  dataDir: string
  /** Gets a line about what is done. */
  report: (line: string) => void
  /** Hears how far a long step is, often. */
  progress?: (detail: string) => void
  env?: NodeJS.ProcessEnv
  /** Takes this way or none. */
  only?: { mongodb?: MongodbWay; redis?: RedisWay }
  /** For tests: what the machine can do. */
  machine?: Machine
}

/**
 * Starts MongoDB and Redis in the first way that works here, or uses those that MONGODB_URI and REDIS_URL name.
 * @throws LocalServicesError with what can be done about it
 */
export async function startLocalServices(options: LocalServicesOptions): Promise<LocalServices> {
  const { report } = options
  const reporter: Reporter = { line: report, progress: options.progress ?? (() => undefined) }
  const machine = options.machine ?? thisMachine(options.env ?? process.env)
  const folder = DataFolder.open(options.dataDir)
  try {
    const leftovers = await folder.endLeftovers()
    if (leftovers.length > 0) report(`ended what an earlier start left behind: ${leftovers.join(', ')}`)
    const redisChoice = await chooseWay('Redis', redisWays(machine, folder, reporter), options.only?.redis)
    const mongodbChoice = await chooseWay(
      'MongoDB',
      mongodbWays(machine, folder, reporter),
      options.only?.mongodb,
    )
    reportOtherData(folder, 'mongodb', mongodbChoice.way, report)
    reportOtherData(folder, 'redis', redisChoice.way, report)
    const services = await startBoth(folder, mongodbChoice, redisChoice)
    // Said only now: what is not yet installed runs from nowhere.
    report(`MongoDB: ${services.mongodb.way}, because ${services.mongodb.why}`)
    report(`Redis: ${services.redis.way}, because ${services.redis.why}`)
    return services
  } catch (error) {
    folder.close()
    throw error
  }
}

/** Each way has a folder of its own; what another way wrote is left as it is. */
function reportOtherData(
  folder: DataFolder,
  service: string,
  way: string,
  report: (line: string) => void,
): void {
  const ways = folder.list(service)
  const others = ways.filter((other) => other !== way)
  if (way === 'configured' || others.length === 0 || ways.includes(way)) return
  report(`${folder.path}/${service} has data of ${others.join(', ')}; it stays as it is and is not used now`)
}

async function startBoth(
  folder: DataFolder,
  mongodbChoice: Chosen<MongodbWay, MongodbService>,
  redisChoice: Chosen<RedisWay, RunningService & { url: string }>,
): Promise<LocalServices> {
  const [mongodb, redis] = await bothOrNone(mongodbChoice.start(), redisChoice.start())
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await Promise.all([mongodb.stop(), redis.stop()])
    folder.close()
  }
  return {
    mongodbUri: mongodb.uri,
    redisUrl: redis.url,
    mongodb: { way: mongodbChoice.way, why: mongodbChoice.why, kill: mongodb.kill, restart: mongodb.restart },
    redis: { way: redisChoice.way, why: redisChoice.why, kill: redis.kill, restart: redis.restart },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** If one of them fails, the other one is stopped again. */
async function bothOrNone<A extends RunningService, B extends RunningService>(
  first: Promise<A>,
  second: Promise<B>,
): Promise<[A, B]> {
  const settled = await Promise.allSettled([first, second])
  const failure = settled.find((result) => result.status === 'rejected')
  if (!failure) return [await first, await second]
  for (const result of settled) if (result.status === 'fulfilled') await result.value.stop()
  throw failure.reason
}
