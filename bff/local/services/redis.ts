import { join } from 'node:path'
import type { DataFolder } from './data-folder'
import { isListening, LOOPBACK } from './loopback-port'
import type { RunningService } from './running-service'
import { SupervisedProcess } from './supervised-process'

const READY_WITHIN_MS = 20_000

export interface RedisService extends RunningService {
  readonly url: string
}

/** Starts Redis, or Valkey, on loopback; each change goes to an append-only file that is synced every second. */
export async function startRedis(folder: DataFolder, way: string, executable: string): Promise<RedisService> {
  const data = folder.subfolder('redis', way)
  const port = await folder.port('redis')
  const settings = {
    port,
    bind: LOOPBACK,
    dir: data,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
  }
  const start = async () => {
    const started = SupervisedProcess.start(folder, {
      service: 'redis',
      command: executable,
      args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
      logFile: join(data, 'redis.log'),
      stopSignal: 'SIGTERM',
    })
    await started.untilReady(() => isListening(port), READY_WITHIN_MS)
    return started
  }
  let running = await start()
  return {
    url: `redis://${LOOPBACK}:${port}`,
    stop: () => running.stop(),
    kill: () => running.kill(),
    restart: async () => {
      await running.stop()
      running = await start()
    },
  }
}
