import type { DataFolder } from './data-folder'
import { startDocumentdb } from './documentdb/documentdb'
import { reasonWithoutRootFolder } from './documentdb/root-folder.cjs'
import type { Machine, Reporter } from './machine.cjs'
import { startMongod } from './mongod'
import { downloadedMongod } from './mongod-download'
import type { MongodbService } from './mongodb-service'
import { configuredService, type Way } from './way'

export type MongodbWay = 'configured' | 'mongod' | 'memory-server' | 'documentdb'

/** In the order in which they are tried. */
export function mongodbWays(
  machine: Machine,
  folder: DataFolder,
  report: Reporter,
): Way<MongodbWay, MongodbService>[] {
  return [
    {
      name: 'configured',
      prepare: async () => {
        const uri = machine.env.MONGODB_URI
        if (!uri) return { unavailable: 'MONGODB_URI is not set' }
        return {
          why: 'MONGODB_URI is set',
          start: async () => ({ uri, ...configuredService('MONGODB_URI') }),
        }
      },
    },
    {
      name: 'mongod',
      prepare: async () => {
        const executable = machine.findExecutable('mongod')
        if (!executable) return { unavailable: 'no mongod on the PATH' }
        return { why: `${executable} is on the PATH`, start: () => startMongod(folder, 'mongod', executable) }
      },
    },
    {
      name: 'memory-server',
      prepare: async () => {
        const result = await downloadedMongod(machine, report)
        if ('reason' in result) return { unavailable: `mongod cannot be downloaded (${result.reason})` }
        const { executable } = result
        return {
          why: `mongodb-memory-server downloaded ${executable}`,
          start: () => startMongod(folder, 'memory-server', executable),
        }
      },
    },
    {
      name: 'documentdb',
      prepare: async () => {
        const unavailable = reasonWithoutRootFolder(machine)
        if (unavailable) return { unavailable }
        return {
          why: "this is root on Linux, which can run it from Debian's packages",
          start: () => startDocumentdb(machine, folder, report),
        }
      },
    },
  ]
}
