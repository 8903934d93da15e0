import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { findById, type RenderedNode, textIn } from './rendered-page'
import { createWx } from './wx-stub'
import { createRenderer } from './wxml-renderer'

type Handler = (...args: unknown[]) => unknown
type Definition = Record<string, unknown>

interface Page {
  route: string
  data: Record<string, unknown>
  call: (name: string, ...args: unknown[]) => void
  instance: Definition
}

interface AppJson {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
}

export interface OpenWeappOptions {
  distDir: string
  /** A running BFF; without it the phone has no network. */
  apiBase?: string
  /** The code that `wx.login` gives, `demo-<openid>` for the stand-in. */
  loginCode?: string
  /** What the phone remembers from before. */
  storage?: Record<string, unknown>
}

/** A mini program running without WeChat. */
export interface Weapp {
  /** Every page of the app, tab pages first. */
  routes: readonly string[]
  /** Console errors, missing templates and modules, so far. A check fails when there is any. */
  problems: string[]
  /** Platform functions that were called and are not modelled. */
  calls: string[]
  /** The largest change of a page's data at once: what WeChat carries from one thread to the other. May be set to zero. */
  heaviestUpdate: { route: string; bytes: number }
  open(route: string, query?: Record<string, string>): Promise<void>
  /** The route that is on top now; taps may have changed it. */
  route(): string
  text(): string
  textOf(id: string): string | null
  /** Whether the page was given such a word; cheaper than rendering a page of a thousand rows. */
  holds(word: string): boolean
  tree(): RenderedNode
  tap(id: string): Promise<void>
  type(id: string, value: string): Promise<void>
  /** Scrolls near the page's end. */
  reachBottom(): void
  /** Waits until it is true. @throws with the page's text when it never is */
  until(check: () => boolean, timeoutMs?: number): Promise<void>
  close(): void
}

const turn = (ms = 20) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.replace(/\.?\[(\d+)\]/g, '.$1').split('.')
  const last = keys.pop() ?? ''
  let place = target
  for (const key of keys) {
    place[key] ??= {}
    place = place[key] as Record<string, unknown>
  }
  place[last] = value
}

const copyOf = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T))

/** Timers of the app, so that closing it leaves none behind. */
function createTimers() {
  const timers = new Set<NodeJS.Timeout>()
  const kept = (timer: NodeJS.Timeout) => {
    timers.add(timer)
    return timer
  }
  return {
    globals: {
      setTimeout: (run: Handler, ms?: number) => kept(setTimeout(run, ms)),
      setInterval: (run: Handler, ms?: number) => kept(setInterval(run, ms)),
      clearTimeout: (timer: NodeJS.Timeout) => clearTimeout(timer),
      clearInterval: (timer: NodeJS.Timeout) => clearInterval(timer),
    },
    clear: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

/** Loads files of a dist as WeChat does, each once. */
function createLoader(distDir: string, globals: Record<string, unknown>) {
  const context = createContext(globals)
  const loaded = new Map<string, { exports: unknown }>()
  const load = (path: string): unknown => {
    const file = posix.normalize(path.endsWith('.js') ? path : `${path}.js`)
    const known = loaded.get(file)
    if (known) return known.exports
    const full = join(distDir, file)
    if (!existsSync(full)) throw new Error(`The dist has no ${file}`)
    const module = { exports: {} as unknown }
    loaded.set(file, module)
    const run = runInContext(`(function(require,module,exports){${readFileSync(full, 'utf8')}\n})`, context, {
      filename: file,
    }) as Handler
    run((wanted: unknown) => load(posix.join(posix.dirname(file), String(wanted))), module, module.exports)
    return module.exports
  }
  return load
}

class RunningWeapp implements Weapp {
  readonly problems: string[] = []
  readonly calls: string[] = []
  heaviestUpdate = { route: '', bytes: 0 }
  readonly routes: readonly string[]
  private readonly timers = createTimers()
  private readonly definitions = new Map<string, Definition>()
  private readonly stack: Page[] = []
  private readonly render: (route: string, data: unknown) => RenderedNode
  private readonly load: (path: string) => unknown
  private loading = ''
  private app: Definition = {}

  constructor(options: OpenWeappOptions) {
    const app = JSON.parse(readFileSync(join(options.distDir, 'app.json'), 'utf8')) as AppJson
    const inPackages = (app.subPackages ?? []).flatMap(({ root, pages }) =>
      pages.map((page) => posix.join(root, page)),
    )
    this.routes = [...app.pages, ...inPackages]
    this.render = createRenderer(options.distDir, (text) => this.problems.push(text))
    const wx = createWx(
      {
        apiBase: options.apiBase,
        loginCode: options.loginCode ?? 'demo-weapp',
        storage: options.storage ?? {},
        navigate: (how, url) => this.navigate(how, url),
      },
      this.calls,
    )
    this.load = createLoader(options.distDir, this.globals(wx))
    this.load('app.js')
    const launched = { path: app.pages[0], query: {}, scene: 1001 }
    for (const name of ['onLaunch', 'onShow'])
      (this.app[name] as Handler | undefined)?.call(this.app, launched)
  }

  private globals(wx: unknown): Record<string, unknown> {
    const error = (...parts: unknown[]) =>
      this.problems.push(`console.error: ${parts.map(String).join(' ').slice(0, 300)}`)
    const globals: Record<string, unknown> = {
      wx,
      console: { ...console, error, log: () => undefined, warn: () => undefined, info: () => undefined },
      ...this.timers.globals,
      getApp: () => this.app,
      getCurrentPages: () => this.stack.map(({ instance }) => instance),
      App: (definition: Definition) => {
        this.app = definition
      },
      Page: (definition: Definition) => this.definitions.set(this.loading, definition),
      Component: () => undefined,
      Behavior: (definition: Definition) => definition,
    }
    globals.globalThis = globals
    globals.global = globals
    return globals
  }

  private navigate(how: 'push' | 'replace' | 'back', url: string): void {
    if (how === 'back') {
      if (this.stack.length > 1) this.leave()
      this.top().call('onShow')
      return
    }
    const { pathname, searchParams } = new URL(url, 'https://weapp.test')
    if (how === 'replace') while (this.stack.length > 0) this.leave()
    else this.stack.at(-1)?.call('onHide')
    this.push(pathname.slice(1), Object.fromEntries(searchParams))
  }

  private leave(): void {
    const page = this.stack.pop()
    page?.call('onHide')
    page?.call('onUnload')
  }

  private definitionOf(route: string): Definition {
    this.loading = route
    this.load(route)
    const definition = this.definitions.get(route)
    if (!definition) throw new Error(`${route} defines no page`)
    return definition
  }

  private push(route: string, query: Record<string, string>): void {
    const definition = this.definitionOf(route)
    const data = copyOf((definition.data ?? {}) as Record<string, unknown>)
    const instance: Definition = {
      ...definition,
      route,
      __route__: route,
      options: query,
      data,
      setData: (changes: Record<string, unknown>, done?: Handler) => {
        const bytes = Buffer.byteLength(JSON.stringify(changes))
        if (bytes > this.heaviestUpdate.bytes) this.heaviestUpdate = { route, bytes }
        for (const [path, value] of Object.entries(changes)) setPath(data, path, copyOf(value))
        setTimeout(() => done?.call(instance), 0)
      },
      selectComponent: () => null,
    }
    const call = (name: string, ...args: unknown[]) =>
      void (instance[name] as Handler | undefined)?.apply(instance, args)
    this.stack.push({ route, data, instance, call })
    call('onLoad', query)
    call('onShow')
    call('onReady')
  }

  private top(): Page {
    const page = this.stack.at(-1)
    if (!page) throw new Error('No page is open')
    return page
  }

  async open(route: string, query: Record<string, string> = {}): Promise<void> {
    while (this.stack.length > 0) this.leave()
    this.push(route, query)
    for (let tries = 0; tries < 50 && this.text() === ''; tries++) await turn()
    await turn(60)
  }

  route = () => this.top().route
  tree = () => this.render(this.top().route, this.top().data)
  text = () => textIn(this.tree())

  holds = (word: string) => JSON.stringify(this.top().data).includes(`"${word}"`)

  textOf(id: string): string | null {
    const node = findById(this.tree(), id)
    return node ? textIn(node) : null
  }

  private async send(id: string, event: 'tap' | 'input', detail: Record<string, unknown>): Promise<void> {
    const node = findById(this.tree(), id)
    if (!node) throw new Error(`${this.route()} has no #${id}; it shows: ${this.text().slice(0, 300)}`)
    const handler = String(node.attr?.[`bind${event}`] ?? 'eh')
    const target = { id, dataset: { sid: node.attr?.['data-sid'] } }
    this.top().call(handler, {
      type: event,
      timeStamp: Date.now(),
      detail,
      mark: {},
      touches: [],
      target,
      currentTarget: target,
    })
    await turn(60)
  }

  tap = (id: string) => this.send(id, 'tap', { x: 1, y: 1 })
  type = (id: string, value: string) => this.send(id, 'input', { value, cursor: value.length })

  reachBottom = () => this.top().call('onReachBottom')

  async until(check: () => boolean, timeoutMs = 5_000): Promise<void> {
    const endsAt = Date.now() + timeoutMs
    while (!check()) {
      if (Date.now() > endsAt)
        throw new Error(`It never happened. ${this.route()} shows: ${this.text().slice(0, 400)}`)
      await turn()
    }
  }

  close(): void {
    while (this.stack.length > 0) this.leave()
    this.timers.clear()
  }
}

/**
 * Runs a built weapp in node: its own scripts with a small `wx`, its wxml through WeChat's compiler, real requests
 * when a BFF is given. Taps go by element id.
 */
export const openWeapp = (options: OpenWeappOptions): Weapp => new RunningWeapp(options)
