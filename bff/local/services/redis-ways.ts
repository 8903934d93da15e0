import { installPackages, reasonNotToInstall } from './apt.cjs'
import type { DataFolder } from './data-folder'
import { LocalServicesError } from './local-services.errors.cjs'
import type { Machine, Reporter } from './machine.cjs'
import { type RedisService, startRedis } from './redis'
import { configuredService, type Way } from './way'

export type RedisWay = 'configured' | 'redis-server' | 'valkey-server'

/** In the order in which they are tried. */
export function redisWays(
  machine: Machine,
  folder: DataFolder,
  report: Reporter,
): Way<RedisWay, RedisService>[] {
  const onPath = (name: 'redis-server' | 'valkey-server'): Way<RedisWay, RedisService> => ({
    name,
    prepare: async () => {
      const executable = machine.findExecutable(name)
      if (!executable) return { unavailable: `no ${name} on the PATH` }
      return { why: `${executable} is on the PATH`, start: () => startRedis(folder, name, executable) }
    },
  })
  return [
    {
      name: 'configured',
      prepare: async () => {
        const url = machine.env.REDIS_URL
        if (!url) return { unavailable: 'REDIS_URL is not set' }
        return { why: 'REDIS_URL is set', start: async () => ({ url, ...configuredService('REDIS_URL') }) }
      },
    },
    onPath('redis-server'),
    onPath('valkey-server'),
    {
      name: 'redis-server',
      prepare: async () => {
        const reason = reasonNotToInstall(machine)
        if (reason) return { unavailable: `redis-server cannot be installed (${reason})` }
        return {
          why: 'Debian has redis-server and this is root',
          start: async () => startRedis(folder, 'redis-server', await installRedis(machine, report)),
        }
      },
    },
  ]
}

async function installRedis(machine: Machine, report: Reporter): Promise<string> {
  await installPackages(machine, ['redis-server'], report)
  const executable = machine.findExecutable('redis-server')
  if (executable) return executable
  throw new LocalServicesError('redis-server was installed, but is not on the PATH')
}
