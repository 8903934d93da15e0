import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { openBrowser, openPhone, rememberSessions } from '#test/support/browser'
import { apiWithRows } from './api-rows'
import { type H5Server, serveH5 } from './serve-h5'

/**
 * `npm run bench:first-load`: how long until home can be used on a slow phone, beside a bare Taro app of one page. Built
 * folders may be given with --folder and --bare.
 */
const { values } = parseArgs({
  options: { folder: { type: 'string' }, bare: { type: 'string' }, runs: { type: 'string', default: '5' } },
})

const goal = 1.5
const slowdown = 4
const kbit = 1_000 / 8
const fast3g = {
  offline: false,
  downloadThroughput: 1_600 * kbit,
  uploadThroughput: 750 * kbit,
  latency: 150,
}
const quietMs = 200
const session = { token: 'bench', expiresAt: '2099-01-01T00:00:00.000Z' }

interface Subject {
  name: string
  server: H5Server
  /** Something that answers a tap. */
  selector: string
}

/* A text and not a function: the page belongs to the DOM. Long tasks as they come, and when the selector first matched. */
const observing = (selector: string): string => `
  window.bench = { lastTaskEnd: 0, shownAt: 0 }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.bench.lastTaskEnd = startTime + duration
  }).observe({ type: 'longtask', buffered: true })
  const look = () => {
    const element = document.querySelector(${JSON.stringify(selector)})
    if (element && element.getClientRects().length > 0) window.bench.shownAt = performance.now()
    else setTimeout(look, 16)
  }
  look()`

/** From the start of the navigation until the part is there and no long task has run since for a moment. */
async function timeToInteractive(browser: Browser, { server, selector }: Subject): Promise<number> {
  const phone = await openPhone(browser, server.baseUrl)
  try {
    await rememberSessions(phone, { member: session })
    await phone.page.addInitScript(observing(selector))
    const devtools = await phone.page.context().newCDPSession(phone.page)
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', fast3g)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    phone.page.setDefaultTimeout(60_000)
    await phone.page.goto('/', { waitUntil: 'commit' })
    await phone.page.waitForFunction(
      `window.bench?.shownAt > 0 && performance.now() - Math.max(window.bench.shownAt, window.bench.lastTaskEnd) > ${quietMs}`,
    )
    return (await phone.page.evaluate('Math.max(window.bench.shownAt, window.bench.lastTaskEnd)')) as number
  } finally {
    await phone.page.context().close()
  }
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN

function buildBare(folder: string): void {
  execFileSync(process.execPath, [require.resolve('@tarojs/cli/bin/taro'), 'build', '--type', 'h5'], {
    cwd: resolve(__dirname, '../bare'),
    env: { ...process.env, NODE_ENV: 'production', BARE_OUTPUT: folder },
    stdio: 'pipe',
  })
}

async function measure(subjects: readonly Subject[]): Promise<number[]> {
  const browser = await openBrowser()
  try {
    const times = subjects.map((): number[] => [])
    // Turn by turn, so that what else the machine does falls on both.
    for (let run = 0; run < Number(values.runs); run++)
      for (const [index, subject] of subjects.entries())
        times[index]?.push(await timeToInteractive(browser, subject))
    return times.map(median)
  } finally {
    await browser.close()
  }
}

async function main(): Promise<void> {
  const built = mkdtempSync(join(tmpdir(), 'jili-bare-'))
  if (!values.bare) buildBare(built)
  const jili = await serveH5(values.folder ?? ensureBuilt('h5'), apiWithRows(40))
  const bare = await serveH5(values.bare ?? built)
  try {
    const [jiliMs = 0, bareMs = 0] = await measure([
      { name: 'Jili home', server: jili, selector: '#points-value' },
      { name: 'bare Taro page', server: bare, selector: '#more' },
    ])
    const ratio = jiliMs / bareMs
    console.log(`4x slower processor, fast 3G, median of ${values.runs}`)
    console.log(`Jili home        ${jiliMs.toFixed(0)} ms`)
    console.log(`bare Taro page   ${bareMs.toFixed(0)} ms`)
    console.log(`ratio            ${ratio.toFixed(2)} (goal ${goal}: ${ratio <= goal ? 'met' : 'missed'})`)
  } finally {
    await jili.close()
    await bare.close()
    rmSync(built, { recursive: true, force: true })
  }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
