import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { freePort } from '#bff/local/services/loopback-port'
import { eventually } from '#test/support/eventually'

jest.setTimeout(300_000)

const patience = { withinMs: 240_000, everyMs: 100 }

/** `npm run dev` as a developer runs it, on the test's services and in a folder and a database of its own. */
async function startDev() {
  const uri = new URL(String(process.env.MONGODB_URI))
  uri.pathname = `/jili_test_dev_${randomBytes(6).toString('hex')}`
  const dataDir = mkdtempSync(join(tmpdir(), 'jili-dev-'))
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/dev.cjs'], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MONGODB_URI: uri.href,
      REDIS_URL: process.env.REDIS_URL,
      JILI_DATA_DIR: dataDir,
      PORT: String(port),
      HOST: '127.0.0.1',
      INSPECT: '127.0.0.1:0',
      H5: 'off',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    /** What stands behind each `before` so far. */
    all: (before: RegExp) => [...output.matchAll(before)].map(([, found]) => String(found)),
    end: async () => {
      await interrupt(child)
      const connection = await mongoose.createConnection(uri.href).asPromise()
      await connection.dropDatabase()
      await connection.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const fetchJson = async <T>(url: string, init?: RequestInit) => (await (await fetch(url, init)).json()) as T

const interrupt = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', resolve)
    child.kill('SIGINT')
  })

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('npm run dev serves a small world, starts the BFF anew after a change, can be debugged, ends all with Ctrl-C', async () => {
  const dev = await startDev()
  const bffPids = () => dev.all(/BFF listens \(process (\d+)\)/g).map(Number)
  try {
    await eventually(() => {
      // What ended will not get ready.
      if (dev.child.exitCode === null) expect(dev.output()).toContain('ready after')
    }, patience)
    expect(dev.output()).toContain('ready after')

    const offered = await fetchJson<{ members: { code: string }[] }>(`${dev.url}/api/demo/sign-ins`)
    expect(offered.members.map(({ code }) => code)).toContain('demo-xiaoman')
    const session = await fetchJson<{ token: string }>(`${dev.url}/api/member/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'demo-xiaoman' }),
    })
    const points = await fetchJson<{ available: number }>(`${dev.url}/api/member/points`, {
      headers: { authorization: `Bearer ${session.token}` },
    })
    expect(points.available).toBeGreaterThan(0)

    const [inspector] = dev.all(/Debugger listening on ws:\/\/(127\.0\.0\.1:\d+)\//g)
    const targets = await fetchJson<unknown>(`http://${inspector}/json/list`)
    expect(targets).toEqual([expect.objectContaining({ type: 'node' })])

    const [first = 0] = bffPids()
    const now = new Date()
    utimesSync('bff/local/dev/bff.main.ts', now, now)
    await eventually(async () => {
      expect(bffPids()).toHaveLength(2)
      expect((await fetch(`${dev.url}/readyz`)).status).toBe(200)
    }, patience)
    const [, second = 0] = bffPids()
    expect(isAlive(first)).toBe(false)
    expect(isAlive(second)).toBe(true)

    expect(await interrupt(dev.child)).toBe(0)
    await eventually(() => expect(isAlive(second)).toBe(false), patience)
    await expect(fetch(`${dev.url}/readyz`)).rejects.toThrow()
  } finally {
    await dev.end()
  }
})
