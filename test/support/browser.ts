import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: flags })

export interface Phone {
  page: Page
  /** What the page complained about: console errors and uncaught exceptions. */
  complaints: string[]
}

/** A phone of its own: 390×844, Chinese, nothing remembered. */
export async function openPhone(browser: Browser, baseUrl: string): Promise<Phone> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 1,
    locale: 'zh-CN',
    timezoneId: 'America/New_York',
    hasTouch: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, complaints }
}

/** Builds the mini program for a platform unless the last build is newer than every source. */
export function ensureBuilt(platform: 'h5' | 'weapp'): string {
  const output = resolve('miniapp/dist', platform)
  const built = join(output, platform === 'h5' ? 'index.html' : 'app.json')
  const sources = ['miniapp/src', 'miniapp/config', 'shared'].map(newestIn)
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources)) return output
  execFileSync(process.execPath, ['../node_modules/@tarojs/cli/bin/taro', 'build', '--type', platform], {
    cwd: 'miniapp',
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'pipe',
  })
  return output
}

function newestIn(directory: string): number {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true })
  return Math.max(
    ...entries
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
}
