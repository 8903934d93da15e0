import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { npmInstall } from '../../../scripts/npm-install.cjs'

describe('the first npm install', () => {
  const path = process.env.PATH
  const lock = {
    lockfileVersion: 3,
    packages: {
      '': { name: 'jili' },
      'node_modules/koa': { version: '3.3.0' },
      'node_modules/koa/node_modules/@scope/part': { version: '1.0.0' },
      'node_modules/alias': { name: 'real', version: '2.0.0' },
    },
  }
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jili-npm-'))
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
    process.env.PATH = `${join(folder, 'bin')}:${path}`
  })
  afterEach(() => {
    process.env.PATH = path
    rmSync(folder, { recursive: true, force: true })
  })

  function fakeNpm(settings: object, install: string): void {
    const npm = join(folder, 'bin/npm')
    const script = `if [ "$1" = config ]; then echo '${JSON.stringify(settings)}'; exit 0; fi\necho run >> runs\n${install}\n`
    writeFileSync(npm, `#!/bin/sh\n${script}`)
    chmodSync(npm, 0o755)
  }
  const install = () =>
    npmInstall(folder, { progress: () => undefined, signal: new AbortController().signal })
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')

  it('is told where each archive lies, and leaves the lock file as it was', async () => {
    fakeNpm({ registry: 'https://registry.test/npm' }, 'cp npm-shrinkwrap.json seen.json')
    await install()
    const { packages } = JSON.parse(read('seen.json'))
    expect(Object.values(packages).map((entry) => (entry as { resolved?: string }).resolved)).toEqual([
      undefined,
      'https://registry.test/npm/koa/-/koa-3.3.0.tgz',
      'https://registry.test/npm/@scope/part/-/part-1.0.0.tgz',
      'https://registry.test/npm/real/-/real-2.0.0.tgz',
    ])
    expect(JSON.parse(read('package-lock.json'))).toEqual(lock)
    expect(existsSync(join(folder, 'npm-shrinkwrap.json'))).toBe(false)
  })

  it('asks a registry that has its archives elsewhere', async () => {
    const elsewhere = '[ -e npm-shrinkwrap.json ] && { echo "npm error code E404" >&2; exit 1; }; exit 0'
    fakeNpm({ registry: 'https://registry.test/' }, elsewhere)
    await install()
    expect(read('runs')).toBe('run\nrun\n')
  })

  it('guesses nothing where a scope has a registry of its own', async () => {
    fakeNpm(
      { registry: 'https://registry.test/', '@scope:registry': 'https://other.test/' },
      '[ -e npm-shrinkwrap.json ] && exit 1; exit 0',
    )
    await install()
  })

  it('that fails says what npm said and what to do, and does not try for ever', async () => {
    fakeNpm({ registry: 'https://registry.test/' }, 'echo "npm error code ENOTFOUND" >&2; exit 1')
    await expect(install()).rejects.toThrow(/ENOTFOUND.*检查网络后再运行一次.*Check the network/s)
    expect(read('runs')).toBe('run\n')
    expect(existsSync(join(folder, 'npm-shrinkwrap.json'))).toBe(false)
  })
})
