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
async function findings({ page }: Phone): Promise<string[]> {
  const script = `${axe.source};axe.run(document, ${JSON.stringify({ runOnly: wcag, resultTypes: ['violations'] })})
    .then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => id + ' ' + node.target.join(' ') + ' ' + node.failureSummary)))`
  return page.evaluate(script)
}

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
      return width > 0 && height > 0 && (right > innerWidth + 1 || left < -1) && !inScroller(element)
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

test('the list of pages is the list of the app', () => {
  const config = readFileSync('miniapp/src/app.config.ts', 'utf8')
  const roots = [...config.matchAll(/root: '([^']+)',\s*pages: \[([^\]]*)\]/g)].flatMap(
    ([, root, pages = '']) => [...pages.matchAll(/'([^']+)'/g)].map(([, page]) => `${root}/${page}`),
  )
  const tabs = [...config.matchAll(/pagePath: '([^']+)'/g)].map(([, path]) => path)
  expect(everyPage.map(({ path }) => path).sort()).toEqual([...tabs, ...roots].sort())
})

test.each(['light', 'dark'] as const)(
  'axe finds nothing serious on any page in %s',
  async (colorScheme) => {
    const phone = await phoneFor({ colorScheme })
    const found: string[] = []
    for (const page of everyPage) {
      await visit(phone, page)
      found.push(...(await findings(phone)).map((line) => `${page.name}: ${line}`))
    }
    expect(found).toEqual([])
  },
  180_000,
)

test('at 320 px no page goes sideways, and with an English system font neither', async () => {
  const phone = await phoneFor({ viewport: { width: 320, height: 640 }, locale: 'en-US' })
  await phone.page.addInitScript({
    content: `addEventListener('DOMContentLoaded', () => {
      const style = new CSSStyleSheet()
      style.replaceSync('* { font-family: "DejaVu Sans", "Liberation Sans", sans-serif !important }')
      document.adoptedStyleSheets.push(style)
    })`,
  })
  const found: string[] = []
  for (const page of everyPage) {
    await visit(phone, page)
    for (const script of [sideways, cutOff])
      found.push(...(await phone.page.evaluate<string[]>(script)).map((line) => `${page.name}: ${line}`))
  }
  expect(found).toEqual([])
}, 180_000)

test('with text at one and a half times nothing is lost', async () => {
  const phone = await phoneFor({})
  // The root's size is what every length hangs on: this is how a browser's own text size reaches the page.
  await phone.page.addInitScript({
    content: `addEventListener('DOMContentLoaded', () => {
      const style = new CSSStyleSheet()
      style.replaceSync('html { font-size: calc(1.5 * clamp(17px, 5.3333vw, 22.933px)) !important }')
      document.adoptedStyleSheets.push(style)
    })`,
  })
  const found: string[] = []
  for (const page of everyPage) {
    await visit(phone, page)
    for (const script of [sideways, cutOff])
      found.push(...(await phone.page.evaluate<string[]>(script)).map((line) => `${page.name}: ${line}`))
  }
  expect(found).toEqual([])
}, 180_000)

/** What can be pressed and cannot be reached by Tab, or shows no focus. */
const unreachable = `
  (() => {
    const page = [...document.querySelectorAll('.taro_page')].find((one) => one.getClientRects().length > 0)
    return [...page.querySelectorAll('[role="button"], [role="tab"], [role="radio"], [role="checkbox"]')]
      .filter((element) => element.getClientRects().length > 0 && element.getAttribute('aria-disabled') !== 'true')
      .filter((element) => {
        element.focus()
        return document.activeElement !== element
      })
      .map((element) => element.id + ' ' + element.className)
  })()`

test('every action is reached by the keyboard, and the focus can be seen', async () => {
  const phone = await phoneFor({})
  const found: string[] = []
  for (const page of everyPage) {
    await visit(phone, page)
    found.push(...(await phone.page.evaluate<string[]>(unreachable)).map((line) => `${page.name}: ${line}`))
    await phone.page.keyboard.press('Tab')
    const ring = await phone.page.evaluate<string>(
      `document.activeElement === document.body ? 'solid' : getComputedStyle(document.activeElement).outlineStyle`,
    )
    if (ring === 'none')
      found.push(
        `${page.name}: no ring on ${await phone.page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}`,
      )
  }
  expect(found).toEqual([])
}, 180_000)

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
