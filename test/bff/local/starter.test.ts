import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join, resolve } from 'node:path'
import { childrenOf, identify, isRunning } from '#bff/local/services/process-identity'
import { eventually } from '#test/support/eventually'
import {
  activeWay,
  connectToFreshDatabase,
  environmentWithoutServices,
  removeDataDir,
  startOwnServices,
  temporaryDataDir,
} from './local-database'

jest.setTimeout(120_000)

const WARM_START_WITHIN_MS = 3_000

describe(`the starter of local services (${activeWay})`, () => {
  let dataDir: string

  beforeEach(() => {
    dataDir = temporaryDataDir()
  })
  afterEach(() => removeDataDir(dataDir))

  const recordedProcesses = () =>
    readdirSync(join(dataDir, 'processes')).map((file) =>
      JSON.parse(readFileSync(join(dataDir, 'processes', file), 'utf8')),
    )

  it('starts again with the same data on the same ports, and quickly', async () => {
    const first = (await startOwnServices(dataDir)).services
    const connection = await connectToFreshDatabase(first.mongodbUri)
    await connection.collection('notes').insertOne({ text: 'kept' })
    await connection.close()
    await first.stop()

    const startedAt = Date.now()
    const second = (await startOwnServices(dataDir)).services
    expect(Date.now() - startedAt).toBeLessThan(WARM_START_WITHIN_MS)
    expect([second.mongodbUri, second.redisUrl]).toEqual([first.mongodbUri, first.redisUrl])
    const again = await connectToFreshDatabase(second.mongodbUri)
    const kept = again.useDb(connection.name).collection('notes')
    expect(await kept.findOne({})).toMatchObject({ text: 'kept' })
    await again.close()
    await second.stop()
  })

  it('leaves no process when it stops, and may be stopped twice', async () => {
    const before = childrenOf(process.pid).map(({ pid }) => pid)
    const { services } = await startOwnServices(dataDir)
    const processes = recordedProcesses()
    expect(processes.length).toBeGreaterThanOrEqual(2)
    await services.stop()
    await services.stop()
    expect(processes.filter(isRunning)).toEqual([])
    await eventually(() => expect(childrenOf(process.pid).map(({ pid }) => pid)).toEqual(before), {
      withinMs: 2_000,
    })
    expect(existsSync(join(dataDir, 'lock.json'))).toBe(false)
  })

  it('refuses a data folder that another start uses, and names its process', async () => {
    const { services } = await startOwnServices(dataDir)
    await expect(startOwnServices(dataDir)).rejects.toThrow(`process ${process.pid}`)
    await services.stop()
  })

  it('takes another port when its own is taken, and says nothing to who has it', async () => {
    const first = (await startOwnServices(dataDir)).services
    await first.stop()
    const squatter = await listenOn(Number(new URL(first.redisUrl).port))
    const second = (await startOwnServices(dataDir)).services
    expect(second.redisUrl).not.toBe(first.redisUrl)
    expect(second.mongodbUri).toBe(first.mongodbUri)
    await second.stop()
    await new Promise((done) => squatter.close(done))
  })

  it('ends what a pid file names, and spares a process that merely has its pid', async () => {
    const [leftover, stranger] = [startSleeper(), startSleeper()]
    const { services: first } = await startOwnServices(dataDir)
    await first.stop()
    writeFileSync(join(dataDir, 'processes', 'redis.json'), JSON.stringify(identify(leftover.pid ?? 0)))
    const strangerFile = JSON.stringify({ pid: stranger.pid, beganAt: 'another time' })
    writeFileSync(join(dataDir, 'processes', 'gateway.json'), strangerFile)
    writeFileSync(join(dataDir, 'lock.json'), strangerFile)

    const { services, lines } = await startOwnServices(dataDir)
    expect(lines).toContainEqual(expect.stringMatching(/left behind: redis$/))
    expect(identify(leftover.pid ?? 0)).toBeUndefined()
    expect(identify(stranger.pid ?? 0)).toBeDefined()
    await services.stop()
    stranger.kill('SIGKILL')
  })

  it.each(['SIGKILL', 'SIGINT'] as const)(
    'leaves no database behind when the starter gets %s',
    async (signal) => {
      const starter = spawnStarter(dataDir)
      await untilStarted(starter)
      const processes = recordedProcesses()
      starter.kill(signal)
      await eventually(() => expect(processes.filter(isRunning)).toEqual([]), { withinMs: 15_000 })
      const { services } = await startOwnServices(dataDir)
      await services.stop()
    },
  )
})

/** A starter that knows nothing of signals: what ends its services is the guardian of each. */
function spawnStarter(dataDir: string): ChildProcess {
  const index = resolve('bff/local/services/index.ts')
  const program = `
    const { startLocalServices } = require(${JSON.stringify(index)})
    startLocalServices({ dataDir: ${JSON.stringify(dataDir)}, report: () => {} }).then(() => console.log('started'))
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--import', require.resolve('tsx'), '-e', program], {
    env: environmentWithoutServices,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function untilStarted(starter: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    starter.stdout?.once('data', () => done())
    starter.once('exit', (code) => fail(new Error(`the starter ended with ${code}`)))
  })
}

function startSleeper(): ChildProcess {
  return spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
}

function listenOn(port: number): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => done(server))
  })
}
