import { openPhone, type Phone, rememberSessions, waitUntilSettled } from '#test/support/browser'
import { addressOf, type PageVisit } from './every-page'
import { photo } from './sample-photo'
import type { BrowserStage } from './stage'

/** What one round over a page did and found. */
export interface Round {
  /** Kinds of things that were tapped or filled in; `*` stands for the ids of documents. */
  tapped: Set<string>
  /** What the browser complained about, with what was tapped just before. */
  complaints: string[]
}

/** Taps on one page at most; a page on which each tap shows something new would never end. */
const tapsMax = 90
/** How often one thing is tapped again to reach what lies behind it. */
const againMax = 6

/* Texts and not functions: the page belongs to the DOM, this file to node. */
const reportViolations = `
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error('the policy refuses ' + blockedURI + ' by ' + violatedDirective))`

/**
 * Marks what can be acted on now, in the open sheet or else on the page with its tab bar, and lists its kinds. Several of a
 * kind, such as the gifts of a list, count once.
 */
const listActions = `
  (() => {
    const isShown = (element) => element.getClientRects().length > 0
    const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter(isShown)
    const sheet = all('.sheet__panel').at(-1)
    // One bar for all of them: its tabs are tapped on the first page.
    const bar = location.hash.includes('pages/home/') ? all('.taro-tabbar__tabbar') : []
    const roots = sheet ? [sheet] : [...all('.taro_page').slice(-1), ...bar]
    const pressable = '.pressable[role][aria-disabled="false"], .weui-tabbar__item, taro-picker-core, taro-switch-core'
    const kindOf = (element) => {
      const owner = element.closest('[id]:not(#app):not(.taro_page)')
      const isOwn = element.id !== '' || /^(INPUT|TEXTAREA)$/.test(element.tagName)
      const name = isOwn && owner ? owner.id : '.' + [...element.classList].slice(-1)
      return name.replace(/[0-9a-f]{16,}|[0-9a-f-]{36}|\\d{4}-\\d{2}(-\\d{2})?/g, '*')
    }
    document.querySelectorAll('[data-action]').forEach((element) => element.removeAttribute('data-action'))
    const kinds = {}
    for (const root of roots)
      for (const element of all(pressable + ', input, textarea', root)) {
        const kind = element.classList.contains('weui-tabbar__item')
          ? 'tab ' + element.textContent
          : kindOf(element)
        if (kind in kinds) continue
        element.setAttribute('data-action', kind)
        kinds[kind] = /^(INPUT|TEXTAREA)$/.test(element.tagName) && element.type !== 'file'
      }
    return kinds
  })()`

/** What is typed where something can be typed. */
const typed = (kind: string): string => {
  if (/phone/.test(kind)) return '13900139000'
  if (/number|demo-id/i.test(kind)) return 'SF1390027718843'
  return '两三个字'
}

/** Opens phones on the page, and notes what each of them complains about. */
class PageUnderTest {
  readonly round: Round = { tapped: new Set(), complaints: [] }
  private phone: Phone | undefined
  private last = 'opening it'
  private underWay = 0

  constructor(
    private readonly stage: BrowserStage,
    private readonly visit: PageVisit,
    private readonly refusals: readonly string[],
  ) {}

  get page() {
    if (!this.phone) throw new Error('the page is not open')
    return this.phone.page
  }

  private complain(words: string): void {
    this.round.complaints.push(`${this.visit.name}, after ${this.last}: ${words}`)
  }

  /** A new phone with a session of its own: what was tapped before may have ended the one before. */
  async open(): Promise<void> {
    await this.close()
    const { browser, app, ids } = this.stage
    this.last = 'opening it'
    this.underWay = 0
    this.phone = await openPhone(browser, app.baseUrl, {
      reducedMotion: 'reduce',
      permissions: ['clipboard-write'],
    })
    this.listen()
    await this.page.addInitScript({ content: reportViolations })
    if (this.visit.as !== 'visitor')
      await rememberSessions(this.phone, await this.stage.signInAgain(this.visit))
    await this.page.goto(addressOf(this.visit, ids))
    await this.page.locator(`#${this.visit.shows}`).locator('visible=true').first().waitFor()
    await waitUntilSettled(this.phone)
  }

  private listen(): void {
    const { page } = this
    page.on('console', (message) => {
      // The answer itself is judged below, by its code.
      const isAnswer = message.text().startsWith('Failed to load resource: the server responded')
      if (message.type() === 'error' && !isAnswer) this.complain(message.text())
    })
    page.on('pageerror', (error) => this.complain(String(error)))
    page.on('dialog', (dialog) => void dialog.accept())
    page.on('filechooser', (chooser) => void chooser.setFiles(photo))
    page.on('request', () => {
      this.underWay += 1
    })
    page.on('requestfinished', () => {
      this.underWay -= 1
    })
    page.on('requestfailed', (request) => {
      this.underWay -= 1
      // What a page that is left no longer waits for.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED')
        this.complain(`${request.url()} failed: ${request.failure()?.errorText}`)
    })
    page.on('response', async (response) => {
      if (response.status() < 400) return
      const after = this.last
      const body = await response.json().catch(() => null)
      const code = String(body?.error?.code ?? response.status())
      if (!this.refusals.includes(code))
        this.round.complaints.push(
          `${this.visit.name}, after ${after}: ${response.request().method()} ${new URL(response.url()).pathname} answered ${code}`,
        )
    })
  }

  async actions(): Promise<Map<string, boolean>> {
    return new Map(Object.entries(await this.page.evaluate<Record<string, boolean>>(listActions)))
  }

  async act(kind: string, isTyped: boolean): Promise<void> {
    this.last = `"${kind}"`
    this.round.tapped.add(kind)
    const target = this.page.locator(`[data-action="${kind}"]`).first()
    if (isTyped) await target.fill(typed(kind), { timeout: 1_500 }).catch(() => undefined)
    // Covered by what lies over it for good, it is nothing that can be tapped.
    else await target.click({ timeout: 1_500 }).catch(() => this.round.tapped.delete(kind))
    await this.settle()
  }

  /** Until everything asked for has come and been painted twice. */
  private async settle(): Promise<void> {
    const frames =
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))'
    for (let look = 0; look < 100; look += 1) {
      await this.page.evaluate(frames)
      if (this.underWay <= 0) break
      await this.page.waitForTimeout(20)
    }
    await this.page.evaluate(frames)
  }

  isHere(): boolean {
    return this.page.url().includes(`#/${this.visit.path}`)
  }

  async isSheetOpen(): Promise<boolean> {
    return this.page.locator('.sheet__panel').locator('visible=true').first().isVisible()
  }

  /** Out of whatever opened, and to the page again: back as a member goes, else opened anew. */
  async comeBack(): Promise<void> {
    if (this.isHere()) {
      await this.page.keyboard.press('Escape')
      await this.settle()
      if (!(await this.isSheetOpen())) return
    } else {
      await this.page.goBack().catch(() => undefined)
      await this.settle()
      const isThere = await this.page
        .locator(`#${this.visit.shows}`)
        .locator('visible=true')
        .first()
        .waitFor({ timeout: 1_500 })
        .then(
          () => true,
          () => false,
        )
      if (this.isHere() && isThere) return
    }
    await this.open()
  }

  async close(): Promise<void> {
    await this.phone?.page.context().close()
    this.phone = undefined
  }
}

/** Which kinds showed themselves after which, and what is still untouched behind each. */
class Ways {
  private readonly behind = new Map<string, Set<string>>()
  private readonly again = new Map<string, number>()

  note(kind: string, shown: Iterable<string>): void {
    this.behind.set(kind, new Set([...(this.behind.get(kind) ?? []), ...shown]))
  }

  private leadsOn(kind: string, tapped: ReadonlySet<string>, seen: Set<string>): boolean {
    if (seen.has(kind)) return false
    seen.add(kind)
    return [...(this.behind.get(kind) ?? [])].some(
      (next) => !tapped.has(next) || this.leadsOn(next, tapped, seen),
    )
  }

  /** What to tap next: something new, else the way to something new. */
  next(shown: readonly string[], tapped: ReadonlySet<string>): string | undefined {
    const fresh = shown.find((kind) => !tapped.has(kind) && (this.again.get(kind) ?? 0) < 2)
    const chosen =
      fresh ??
      shown.find((kind) => (this.again.get(kind) ?? 0) < againMax && this.leadsOn(kind, tapped, new Set()))
    if (chosen) this.again.set(chosen, (this.again.get(chosen) ?? 0) + 1)
    return chosen
  }
}

/** What ends something comes after what only looks. */
const endsSomething = /yes|confirm|submit|save|cancel|remove|sign-out|withdraw|close|back|tab /
const inOrder = (kinds: Iterable<string>): string[] =>
  [...kinds].sort((one, other) => Number(endsSomething.test(one)) - Number(endsSomething.test(other)))

/** Taps and fills in everything on a page, and in what opens over it, as long as something new shows itself. */
export async function tapEverything(
  stage: BrowserStage,
  visit: PageVisit,
  refusals: readonly string[],
): Promise<Round> {
  const under = new PageUnderTest(stage, visit, refusals)
  const { round } = under
  const ways = new Ways()
  await under.open()
  for (let taps = 0; taps < tapsMax; taps += 1) {
    const actions = await under.actions()
    const typing = [...actions.keys()].find((kind) => actions.get(kind) && !round.tapped.has(kind))
    const kind = typing ?? ways.next(inOrder(actions.keys()), round.tapped)
    if (!kind) {
      if (!(await under.isSheetOpen())) break
      await under.comeBack()
      continue
    }
    await under.act(kind, actions.get(kind) ?? false)
    if (!under.isHere()) await under.comeBack()
    else
      ways.note(
        kind,
        [...(await under.actions()).keys()].filter((shown) => !actions.has(shown)),
      )
  }
  await under.close()
  return round
}
