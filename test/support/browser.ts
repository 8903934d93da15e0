import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

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

/** A phone of its own: 390×844, Chinese, nothing remembered; `options` says where it differs. */
export async function openPhone(
  browser: Browser,
  baseUrl: string,
  options: BrowserContextOptions = {},
): Promise<Phone> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 1,
    locale: 'zh-CN',
    timezoneId: 'America/New_York',
    hasTouch: true,
    ...options,
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

export interface SignedIn {
  token: string
  expiresAt: string
}

/** Opens every page of this phone as somebody who has signed in before, and keeps what a test puts into its storage. */
export async function rememberSessions(
  { page }: Phone,
  sessions: { member?: SignedIn; staff?: SignedIn },
): Promise<void> {
  const { member = null, staff = null } = sessions
  const kept = JSON.stringify({ state: { member, staff }, version: 0 })
  const item = JSON.stringify(JSON.stringify({ data: kept }))
  await page.addInitScript({
    // An empty page has no storage.
    content: `if (location.origin !== 'null') localStorage.setItem('jili.session', ${item})`,
  })
}

/* A text and not a function: the page belongs to the DOM, this file to node. */
const isSettled = `
  (() => {
    const isShown = (element) => element.getClientRects().length > 0
    // What lies beneath the tab bar is clipped, and does not load.
    const bar = document.querySelector('.taro-tabbar__tabbar')
    const floor = bar && isShown(bar) ? bar.getBoundingClientRect().top : innerHeight
    const isInView = (element) => {
      const { top, bottom, left, right, width } = element.getBoundingClientRect()
      return width > 0 && bottom > 0 && top < floor && right > 0 && left < innerWidth
    }
    const all = (selector) => Array.from(document.querySelectorAll(selector))
    return (
      !all('.skeleton').some(isShown) &&
      all('img').filter(isShown).every(({ complete }) => complete) &&
      // A picture that loads lazily has no address until it comes into view.
      all('taro-image-core').filter(isInView).every((one) => one.querySelector('img[src]'))
    )
  })()`

/** Waits until a page shows what it will: nothing loads any more, no skeleton, every visible picture painted. */
export async function waitUntilSettled({ page }: Phone): Promise<void> {
  // Now and then Chromium never calls a quiet page idle; what the page shows decides.
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined)
  const endsAt = Date.now() + 15_000
  while (!(await page.evaluate(isSettled))) {
    if (Date.now() > endsAt) throw new Error(`${page.url()} never settled`)
    await page.waitForTimeout(50)
  }
}
