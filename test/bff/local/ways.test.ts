import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataFolder } from '#bff/local/services/data-folder'
import {
  LocalServicesError,
  type Machine,
  type MongodbWay,
  startLocalServices,
} from '#bff/local/services/index'
import { mongodbWays } from '#bff/local/services/mongodb-ways'
import { installPackages } from '../../../bff/local/services/apt.cjs'
import { thisMachine } from '../../../bff/local/services/machine.cjs'
import {
  activeWay,
  connectToFreshDatabase,
  dropAndClose,
  environmentWithoutServices,
  removeDataDir,
  startOwnServices,
  temporaryDataDir,
} from './local-database'

jest.setTimeout(120_000)

describe('the choice of a way', () => {
  let dataDir: string

  beforeEach(() => {
    dataDir = temporaryDataDir()
  })
  afterEach(() => removeDataDir(dataDir))

  /** A machine that has nothing and may do nothing, but for what a test gives it. */
  function poorMachine(given: Partial<Machine> = {}): Machine {
    const cacheDir = join(dataDir, 'cache')
    // As after an attempt to download a mongod a moment ago, so that no test waits for the network.
    mkdirSync(join(cacheDir, 'mongod'), { recursive: true })
    writeFileSync(join(cacheDir, 'mongod', 'download-failed'), 'offline')
    return {
      env: {},
      isRoot: false,
      isDebianLike: false,
      cacheDir,
      findExecutable: () => undefined,
      run: async () => ({ exitCode: 1, stdout: '', tail: '' }),
      lock: async () => async () => undefined,
      ...given,
    }
  }
  const silent = () => undefined
  const silentReporter = { line: silent, progress: silent }

  it('takes configured services, leaves them alone and refuses to kill them', async () => {
    const env = { MONGODB_URI: 'mongodb://127.0.0.1:1/x?replicaSet=rs0', REDIS_URL: 'redis://127.0.0.1:1' }
    const lines: string[] = []
    const services = await startLocalServices({
      dataDir,
      report: (line) => lines.push(line),
      machine: poorMachine({ env }),
    })
    expect(services).toMatchObject({ mongodbUri: env.MONGODB_URI, redisUrl: env.REDIS_URL })
    expect(lines).toEqual([
      'MongoDB: configured, because MONGODB_URI is set',
      'Redis: configured, because REDIS_URL is set',
    ])
    await expect(services.mongodb.kill()).rejects.toThrow(LocalServicesError)
    await expect(services.redis.restart()).rejects.toThrow(LocalServicesError)
    await services.stop()
  })

  it('says why each way is closed and what to do, when nothing can be started', async () => {
    const start = (machine: Machine) => startLocalServices({ dataDir, report: silent, machine })
    const withoutRedis = await start(poorMachine()).catch((error: unknown) => error)
    expect(withoutRedis).toBeInstanceOf(LocalServicesError)
    expect(String(withoutRedis)).toMatch(
      /REDIS_URL is not set.*no redis-server.*not a Debian-like.*compose\.yaml/s,
    )
    const env = { REDIS_URL: 'redis://127.0.0.1:1' }
    const withoutMongodb = String(await start(poorMachine({ env })).catch((error: unknown) => error))
    expect(withoutMongodb).toMatch(
      /MONGODB_URI is not set.*no mongod on the PATH.*cannot be downloaded.*needs root/s,
    )
    expect(withoutMongodb).toMatch(/compose\.yaml.*MONGODB_URI.*REDIS_URL/s)
  })

  it('leaves the data folder open to the next start after one that failed', async () => {
    const start = () => startLocalServices({ dataDir, report: silent, machine: poorMachine() })
    await expect(start()).rejects.toThrow(/cannot be started here/)
    await expect(start()).rejects.toThrow(/cannot be started here/)
  })

  it('fetches fresh package lists when apt does not know a package, and tells what apt said if that does not help', async () => {
    const commands: string[] = []
    const machine = poorMachine({
      run: async (_command, args) => {
        const command = args.find((arg) => arg === 'install' || arg === 'update') ?? ''
        commands.push(command)
        return { exitCode: command === 'update' ? 0 : 100, stdout: '', tail: 'Unable to locate package' }
      },
    })
    await expect(installPackages(machine, ['redis-server'], silentReporter)).rejects.toThrow(
      'Unable to locate package',
    )
    expect(commands).toEqual(['install', 'update', 'install'])
  })

  it('tells of data that another way wrote, and leaves it', async () => {
    mkdirSync(join(dataDir, 'mongodb', 'of-another-way'), { recursive: true })
    const { services, lines } = await startOwnServices(dataDir)
    expect(lines).toContainEqual(expect.stringMatching(/has data of of-another-way; it stays as it is/))
    await services.stop()
  })
})

describe('every way of having MongoDB', () => {
  const ways: MongodbWay[] = ['mongod', 'memory-server', 'documentdb']

  it.each(ways)('%s runs a transaction, or is reported as not run', async (way) => {
    const dataDir = temporaryDataDir()
    const folder = DataFolder.open(dataDir)
    const prepared = await mongodbWays(thisMachine(environmentWithoutServices), folder, {
      line: () => undefined,
      progress: () => undefined,
    })
      .find(({ name }) => name === way)
      ?.prepare()
    folder.close()
    if (!prepared || 'unavailable' in prepared) {
      process.stderr.write(`  not run: MongoDB by ${way}: ${prepared?.unavailable}\n`)
      expect(way).not.toBe(activeWay)
      return removeDataDir(dataDir)
    }
    const { services } = await startOwnServices(dataDir, { only: { mongodb: way } })
    expect(services.mongodb.way).toBe(way)
    const connection = await connectToFreshDatabase(services.mongodbUri)
    await connection.transaction((session) => connection.collection('notes').insertOne({ way }, { session }))
    expect(await connection.collection('notes').countDocuments({ way })).toBe(1)
    await dropAndClose(connection)
    await services.stop()
    removeDataDir(dataDir)
  })
})
