import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findMissing } from '../../../scripts/ensure-machine.cjs'
import { createSteps } from '../../../scripts/steps.cjs'

const folder = mkdtempSync(join(tmpdir(), 'jili-first-start-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A machine that has nothing, where nothing can be installed and no site answers. */
const poorMachine = (given: { env?: NodeJS.ProcessEnv; isRoot?: boolean; isDebianLike?: boolean } = {}) => ({
  env: {},
  isRoot: false,
  isDebianLike: false,
  cacheDir: folder,
  findExecutable: () => undefined,
  run: async () => ({ exitCode: 1, stdout: '', tail: '' }),
  lock: async () => async () => undefined,
  ...given,
})

describe('before anything is installed', () => {
  const fetchBefore = globalThis.fetch
  beforeEach(() => {
    globalThis.fetch = () => Promise.reject(new Error('offline'))
  })
  afterEach(() => {
    globalThis.fetch = fetchBefore
  })
  const wayOut = /用 Docker.*docker compose up -d.*MONGODB_URI=.*REDIS_URL=/s

  it('a user without root hears at once how to have Redis', async () => {
    await expect(findMissing(poorMachine({ isDebianLike: true }))).rejects.toThrow(wayOut)
    await expect(findMissing(poorMachine({ isDebianLike: true }))).rejects.toThrow(/not root/)
  })

  it('a user without root hears at once how to have MongoDB', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1' }
    await expect(findMissing(poorMachine({ env }))).rejects.toThrow(wayOut)
    await expect(findMissing(poorMachine({ env }))).rejects.toThrow(/needs root/)
  })

  it('who names both databases needs nothing', async () => {
    const env = { REDIS_URL: 'redis://127.0.0.1:1', MONGODB_URI: 'mongodb://127.0.0.1:1/x?replicaSet=rs0' }
    expect(await findMissing(poorMachine({ env }))).toEqual({ packages: [], isRootFolderWanted: false })
  })

  it('root on a bare Debian gets Redis and DocumentDB, and a mongod instead where its site answers', async () => {
    const bare = poorMachine({ isRoot: true, isDebianLike: true })
    const offline = globalThis.fetch
    globalThis.fetch = async () => new Response(null, { status: 403 })
    expect(await findMissing(bare)).toEqual({ packages: ['redis-server'], isRootFolderWanted: false })
    globalThis.fetch = offline
    expect(await findMissing(bare)).toEqual({ packages: ['redis-server'], isRootFolderWanted: true })
  })

  it('a site that did not answer is left alone for an hour', async () => {
    const bare = poorMachine({ isRoot: true, isDebianLike: true })
    await findMissing(bare)
    globalThis.fetch = async () => new Response(null, { status: 403 })
    expect(await findMissing(bare)).toMatchObject({ isRootFolderWanted: true })
  })
})

describe('what a command says while it works', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  async function runLong(isTTY: boolean): Promise<string> {
    let text = ''
    const output = { isTTY, columns: 60, write: (more: string) => (text += more) }
    const steps = createSteps(Date.now(), output)
    let finish: () => void = () => undefined
    const step = steps.run('安装依赖', async (note: (detail: string) => void) => {
      note('12 packages')
      await new Promise<void>((resolve) => {
        finish = resolve
      })
    })
    await jest.advanceTimersByTimeAsync(600_000)
    finish()
    await step
    return text
  }

  it('stays short in a log, however long it takes', async () => {
    const lines = (await runLong(false)).trimEnd().split('\n')
    expect(lines).toHaveLength(7)
    expect(lines[0]).toBe('[  15.0 s]   … 安装依赖 15 s, 12 packages')
    expect(lines.at(-1)).toBe('[ 600.0 s] ✓ 安装依赖 (600.0 s)')
  })

  it('is one line in a terminal, written over', async () => {
    const text = await runLong(true)
    expect(text.split('\n')).toHaveLength(2)
    expect(text).toContain('\r\x1b[K[ 300.0 s] 安装依赖 300 s, 12 packages\r')
    expect(text).toMatch(/✓ 安装依赖 \(600\.0 s\)\n$/)
  })
})
