/** @jest-environment node */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './ensure-built'
import { openWeapp, type Weapp } from './open-weapp'
import { countElements } from './rendered-page'

const buildMs = 180_000
const mainPackageBytesMax = 1.5 * 1024 * 1024
const subpackageBytesMax = 2 * 1024 * 1024

let distDir = ''
const opened: Weapp[] = []
const copies: string[] = []

beforeAll(() => {
  distDir = ensureBuilt('weapp')
}, buildMs)

afterAll(() => {
  for (const weapp of opened) weapp.close()
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
})

function start(dir = distDir): Weapp {
  const weapp = openWeapp({ distDir: dir })
  opened.push(weapp)
  return weapp
}

/** The dist with one thing broken. */
function brokenCopy(breakIt: (dir: string) => void): string {
  const dir = mkdtempSync(join(tmpdir(), 'jili-weapp-'))
  copies.push(dir)
  cpSync(distDir, dir, { recursive: true })
  breakIt(dir)
  return dir
}

const bytesIn = (path: string): number => {
  const stat = statSync(path)
  return stat.isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0)
    : stat.size
}

describe('every page without a network', () => {
  it('loads, renders something and reports no problem', async () => {
    const weapp = start()
    expect(weapp.routes).toHaveLength(28)
    for (const route of weapp.routes) {
      await weapp.open(route, { id: 'missing' })
      expect({ route, hasText: weapp.text() !== '' || countElements(weapp.tree()) > 3 }).toEqual({
        route,
        hasText: true,
      })
    }
    expect(weapp.problems).toEqual([])
  })

  it('invites a visitor to sign in, and a tap opens the sign-in page', async () => {
    const weapp = start()
    await weapp.open('pages/home/index')
    await weapp.tap('sign-in')
    expect(weapp.route()).toBe('packages/member/sign-in/index')
    await weapp.until(() => weapp.textOf('wechat-sign-in') !== null)
    await weapp.tap('wechat-sign-in')
    await weapp.until(() => weapp.textOf('sign-in-error')?.includes('勾选同意') ?? false)
  })

  it('really asks the server for gifts, and says so when it cannot be reached', async () => {
    const weapp = start()
    await weapp.open('pages/mall/index')
    await weapp.until(() => weapp.textOf('retry') !== null)
    expect(weapp.text()).toContain('网络连不上')
  })

  it('says that there is no network when signing in cannot reach the server', async () => {
    const weapp = start()
    await weapp.open('packages/member/sign-in/index')
    await weapp.tap('consent')
    await weapp.tap('wechat-sign-in')
    await weapp.until(() => weapp.textOf('sign-in-error')?.includes('网络') ?? false)
  })
})

describe('the gallery of development', () => {
  const miniapp = join(__dirname, '../../../miniapp')

  it('is in no production build', () => {
    for (const dir of [distDir, ensureBuilt('h5')]) {
      const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
      const texts = files.filter((name) => /\.(js|json|css|wxss|html)$/.test(name))
      const withGallery = texts.filter((name) =>
        /packages\/development|gallery--dark/.test(name + readFileSync(join(dir, name), 'utf8')),
      )
      expect(texts.length).toBeGreaterThan(10)
      expect(withGallery).toEqual([])
    }
  }, 300_000)

  it('shows every component', () => {
    const gallery = join(miniapp, 'src/packages/development/gallery')
    const shown = readdirSync(gallery)
      .map((name) => readFileSync(join(gallery, name), 'utf8'))
      .join('')
    const missing = readdirSync(join(miniapp, 'src/components')).filter(
      (name) => !shown.includes(`components/${name}/`),
    )
    expect(missing).toEqual([])
  })
})

describe('sizes WeChat allows', () => {
  it('keeps the main package within 1.5 MiB and each subpackage within 2', () => {
    const packages = join(distDir, 'packages')
    const subpackages = readdirSync(packages).map((name) => bytesIn(join(packages, name)))
    const main = bytesIn(distDir) - subpackages.reduce((sum, size) => sum + size, 0)
    expect(main).toBeLessThanOrEqual(mainPackageBytesMax)
    expect(Math.max(...subpackages)).toBeLessThanOrEqual(subpackageBytesMax)
  })

  it('loads no more than 2 MiB ahead for the tab pages, which share one quota', () => {
    const app = JSON.parse(readFileSync(join(distDir, 'app.json'), 'utf8')) as {
      preloadRule: Record<string, { packages: string[] }>
    }
    const roots = Object.values(app.preloadRule).flatMap(({ packages }) => packages)
    const bytes = [...new Set(roots)].reduce((sum, root) => sum + bytesIn(join(distDir, root)), 0)
    expect(Object.keys(app.preloadRule)).toContain('pages/home/index')
    expect(bytes).toBeLessThanOrEqual(subpackageBytesMax)
  })

  it('leaves the contracts and their checking library out', () => {
    const scripts = readdirSync(distDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    )
    const withZod = scripts.filter((name) => readFileSync(join(distDir, name), 'utf8').includes('ZodError'))
    expect(withZod).toEqual([])
  })
})

describe('the checker itself', () => {
  it('refuses a dist that lacks a chunk', () => {
    const dir = brokenCopy((copy) => rmSync(join(copy, 'vendors.js')))
    expect(() => start(dir)).toThrow('The dist has no vendors.js')
  })

  it('reports a console.error of a page', async () => {
    const dir = brokenCopy((copy) => {
      const page = join(copy, 'pages/mall/index.js')
      writeFileSync(page, `console.error('broken');${readFileSync(page, 'utf8')}`)
    })
    const weapp = start(dir)
    await weapp.open('pages/mall/index')
    expect(weapp.problems).toContain('console.error: broken')
  })

  it('sees that a page renders nothing', async () => {
    const dir = brokenCopy((copy) => writeFileSync(join(copy, 'pages/mall/index.wxml'), '<view></view>'))
    const weapp = start(dir)
    await weapp.open('pages/mall/index')
    expect(weapp.text()).toBe('')
  })

  it('refuses a tap on what is not there', async () => {
    const weapp = start()
    await weapp.open('pages/home/index')
    await expect(weapp.tap('no-such-button')).rejects.toThrow('has no #no-such-button')
  })
})
