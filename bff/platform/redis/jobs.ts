import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { redisKeys } from './keys'

export interface Job {
  name: string
  everyMs: number
  /** Bounded, resumable, safe to run twice. */
  run(): Promise<unknown>
}

const queueName = 'sweeps'
/** A flushed Redis forgets its schedule without closing a connection, so it is written again this often. */
const reRegisterMs = 10_000

/**
 * Runs repeatable jobs over BullMQ: each due run goes to one of all workers. What is due is found in MongoDB,
 * so a lost Redis delays runs and loses none.
 */
export async function startJobs(options: {
  redisUrl: string
  jobs: readonly Job[]
  onFailure: (job: string, error: unknown) => void
}): Promise<{ stop(): Promise<void> }> {
  const connect = () => {
    const connection = new Redis(options.redisUrl, {
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
    })
    connection.on('error', () => undefined)
    return connection
  }
  const connections = [connect(), connect()] as const
  const prefix = redisKeys.queue
  const queue = new Queue(queueName, { connection: connections[0], prefix })
  const worker = new Worker(
    queueName,
    async ({ name }) => {
      await options.jobs.find((job) => job.name === name)?.run()
    },
    {
      connection: connections[1],
      prefix,
      concurrency: options.jobs.length,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 100 },
    },
  )
  worker.on('failed', (job, error) => options.onFailure(job?.name ?? 'unknown', error))
  worker.on('error', (error) => options.onFailure('worker', error))
  queue.on('error', (error) => options.onFailure('queue', error))

  const register = async () => {
    for (const { name, everyMs } of options.jobs)
      await queue.upsertJobScheduler(name, { every: everyMs }, { name })
  }
  const registerQuietly = () => {
    register().catch((error: unknown) => options.onFailure('schedule', error))
  }
  connections[0].on('ready', registerQuietly)
  const timer = setInterval(registerQuietly, reRegisterMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      connections[0].off('ready', registerQuietly)
      await worker.close()
      await queue.close()
      for (const connection of connections) connection.disconnect()
    },
  }
}
