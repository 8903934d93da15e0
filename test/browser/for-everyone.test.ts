import { readFileSync } from 'node:fs'
import axe from 'axe-core'
import { openPhone, type Phone, rememberSessions, waitUntilSettled } from '#test/support/browser'
import { addressOf, everyPage, type PageVisit } from './every-page'
import { type BrowserStage, setBrowserStage } from './stage'

let stage: BrowserStage

beforeAll(async () => {
  stage = await setBrowserStage()
}, 300_000)

afterAll(() => stage?.stop())

/** A phone that shows pages as whoever each is for. */
async function phoneFor(options: Parameters<typeof openPhone>[2]): Promise<Phone> {
  const phone = await openPhone(stage.browser, stage.app.baseUrl, { reducedMotion: 'reduce', ...options })
  const { member, staff } = stage
  await rememberSessions(phone, { member, staff })
  return phone
}

async function visit(phone: Phone, page: PageVisit): Promise<void> {
  // From nowhere: a hash alone would leave the page before in the document.
  await phone.page.goto('about:blank')
  await phone.page.goto(addressOf(page, stage.ids))
  await phone.page.locator(`#${page.shows}`).locator('visible=true').first().waitFor()
  await waitUntilSettled(phone)
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds on the page as it is now: serious and critical only. */
const runAxe = `${axe.source};axe.run(document, ${JSON.stringify({ runOnly: wcag, resultTypes: ['violations'] })})
  .then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => id + ' ' + node.target.join(' ') + ' ' + node.failureSummary)))`

/** Whether anything can be scrolled sideways that is not meant to be, or ends outside of the screen. */
const sideways = `
  (() => {
    const isScroller = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
    const inScroller = (element) => {
      for (let one = element.parentElement; one; one = one.parentElement)
        if (isScroller(one) && one.tagName === 'TARO-SCROLL-VIEW-CORE') return true
      return false
    }
    const page = [...document.querySelectorAll('.taro_page')].find((one) => one.getClientRects().length > 0)
    const out = [...page.querySelectorAll('*')].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect()
      return width > 0 && height > 0 && (right > innerWidth + 1 || left < -1) && element.textContent !== '' && !inScroller(element)
    })
    const wide = page.scrollWidth > page.clientWidth ? ['the page itself'] : []
    return [...wide, ...out.map((element) => element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 30))]
  })()`

/** Texts cut off by what they stand in: numbers, buttons and anything that is not an ellipsis by design. */
const cutOff = `
  (() => {
    const page = [...document.querySelectorAll('.taro_page')].find((one) => one.getClientRects().length > 0)
    return [...page.querySelectorAll('.button__text, .points-number__value, .chip, .redeem-sum__value')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => {
        const box = (element.closest('.button') ?? element).getBoundingClientRect()
        return element.scrollWidth > Math.ceil(box.width) + 1
      })
      .map((element) => element.className + ' ' + element.textContent)
  })()`

/** What can be pressed and cannot be reached by Tab, or does not show the focus. */
const unreachable = `
  (() => {
    const page = [...document.querySelectorAll('.taro_page')].find((one) => one.getClientRects().length > 0)
    return [...page.querySelectorAll('[role="button"], [role="tab"], [role="radio"], [role="checkbox"]')]
      .filter((element) => element.getClientRects().length > 0 && element.getAttribute('aria-disabled') !== 'true')
      .filter((element) => {
        element.focus({ focusVisible: true })
        return document.activeElement !== element || getComputedStyle(element).outlineStyle === 'none'
      })
      .map((element) => element.id + ' ' + element.className)
  })()`

test('the list of pages is the list of the app', () => {
  const config = readFileSync('miniapp/src/app.config.ts', 'utf8')
  const roots = [...config.matchAll(/root: '([^']+)',\s*pages: \[([^\]]*)\]/g)].flatMap(
    ([, root, pages = '']) => [...pages.matchAll(/'([^']+)'/g)].map(([, page]) => `${root}/${page}`),
  )
  const tabs = [...config.matchAll(/pagePath: '([^']+)'/g)].map(([, path]) => path)
  const inProduction = roots.filter((path) => !path.startsWith('packages/development/'))
  expect(everyPage.map(({ path }) => path).sort()).toEqual([...tabs, ...inProduction].sort())
})

/** What each look at the pages found. */
interface Findings {
  light: string[]
  dark: string[]
  narrow: string[]
  large: string[]
  keyboard: string[]
}

const textSize = (times: number) =>
  `html { font-size: calc(${times} * clamp(17px, 5.3333vw, 22.933px)) !important }`
const englishFont = '* { font-family: "DejaVu Sans", "Liberation Sans", sans-serif !important }'

/** A style sheet on the page from now on; the policy of the server lets no style element in. */
const adopt = (name: string, css: string) => `
  (() => {
    window.${name} ??= new CSSStyleSheet()
    window.${name}.replaceSync(${JSON.stringify(css)})
    if (!document.adoptedStyleSheets.includes(window.${name})) document.adoptedStyleSheets.push(window.${name})
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))
  })()`

/** All looks at one visit: opening a page costs more than looking at it. */
async function lookAt(phone: Phone, visited: PageVisit, found: Findings): Promise<void> {
  const { page } = phone
  const list = async (kind: keyof Findings, script: string) =>
    found[kind].push(...(await page.evaluate<string[]>(script)).map((line) => `${visited.name}: ${line}`))
  await visit(phone, visited)
  await list('light', runAxe)
  await list('keyboard', unreachable)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await list('dark', runAxe)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  // The root's size is what every length hangs on, so it is how a larger text reaches the page.
  await page.evaluate(adopt('looksAtSize', textSize(1.5)))
  await list('large', sideways)
  await list('large', cutOff)
  await page.evaluate(adopt('looksAtSize', textSize(1)))
  await page.setViewportSize({ width: 320, height: 640 })
  await page.evaluate(adopt('looksAtFont', englishFont))
  await list('narrow', sideways)
  await list('narrow', cutOff)
  await page.setViewportSize({ width: 390, height: 844 })
}

describe('every page, with the longest names and numbers', () => {
  const found: Findings = { light: [], dark: [], narrow: [], large: [], keyboard: [] }

  beforeAll(async () => {
    const phone = await phoneFor({})
    for (const visited of everyPage) await lookAt(phone, visited, found)
    await phone.page.context().close()
  }, 300_000)

  test('axe finds nothing serious in light', () => expect(found.light).toEqual([]))
  test('axe finds nothing serious in dark', () => expect(found.dark).toEqual([]))
  test('at 320 px with an English font nothing goes sideways', () => expect(found.narrow).toEqual([]))
  test('with text at one and a half times neither', () => expect(found.large).toEqual([]))
  test('every action can be reached by the keyboard and shows it', () => expect(found.keyboard).toEqual([]))
})

test('a gift is redeemed with the keyboard alone, and a sheet keeps the focus until Escape', async () => {
  const phone = await phoneFor({})
  const { keyboard } = phone.page
  const gift = everyPage.find(({ name }) => name === 'gift')
  if (!gift) throw new Error('there is no gift page')
  await visit(phone, gift)
  const focusOn = async (id: string) => {
    for (let press = 0; press < 40; press += 1) {
      if ((await phone.page.evaluate('document.activeElement.id')) === id) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab never reached ${id}`)
  }
  await focusOn('redeem')
  await keyboard.press('Enter')
  await phone.page.locator('#sku-sheet').waitFor()
  for (let press = 0; press < 8; press += 1) await keyboard.press('Tab')
  expect(await phone.page.evaluate('document.activeElement.closest("#sku-sheet") !== null')).toBe(true)
  await keyboard.press('Escape')
  await phone.page.locator('#sku-sheet').waitFor({ state: 'detached' })
  expect(await phone.page.evaluate('document.activeElement.id')).toBe('redeem')
  await keyboard.press('Enter')
  await phone.page.locator('#sku-sheet').waitFor()
  await focusOn(await phone.page.locator('.sku').first().getAttribute('id').then(String))
  await keyboard.press(' ')
  await focusOn('sku-redeem')
  await keyboard.press('Enter')
  await phone.page.locator('#redeem-sheet').waitFor()
  await phone.page.locator('#redeem-after').waitFor()
  await focusOn('confirm-redeem')
  await keyboard.press('Enter')
  await phone.page.locator('#redeem-done').waitFor()
  expect(phone.complaints).toEqual([])
}, 60_000)
