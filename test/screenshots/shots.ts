import type { Page, Route } from 'playwright-core'
import { addressOf, everyPage, type PageVisit } from '#test/browser/every-page'
import type { Cast, Person } from './cast'

export interface Shot {
  name: string
  by: Person
  address: string
  /** An id that has to be on the screen before the picture is taken. */
  shows: string
  isDark?: boolean
  /** Things move, and the picture shows them as they do after so many ms. */
  movesForMs?: number
  /** Skeletons are what the picture is of. */
  isLoading?: boolean
  /** Answers requests in the BFF's place; null lets them wait for ever. */
  network?: (route: Route) => Promise<unknown> | null
  /** Which requests `network` answers; all of the API when left out. */
  requests?: string
  act?: (page: Page) => Promise<void>
  /** It changes what other pictures show, so it comes after them. */
  isLast?: boolean
}

const mainInDark = ['home', 'mall', 'gift', 'orders', 'order', 'points', 'me', 'basket', 'tier', 'calendar']

const tap = (page: Page, id: string) => page.locator(`#${id}`).locator('visible=true').first().click()

const hangs = () => null
const isOffline = (route: Route) => route.abort('internetdisconnected')
const isBroken = (route: Route) =>
  route.fulfill({
    status: 503,
    json: { error: { code: 'service.busy', message: '现在人有点多，请稍后再试', requestId: '3f7a91c2' } },
  })

/** Every picture there is. */
export function shotsOf(cast: Cast): Shot[] {
  const visit = (name: string): PageVisit => {
    const found = everyPage.find((page) => page.name === name)
    if (!found) throw new Error(`there is no page ${name}`)
    return found
  }
  const people = { member: 'xiaoman', staff: 'staff-1', visitor: 'nobody' } as const
  const ownerOf = (page: PageVisit): Person =>
    page.name.startsWith('after-sale-') || page.name === 'after-sales' ? 'ashu' : people[page.as]
  const of = (name: string, options: Partial<Shot> = {}): Shot => {
    const page = visit(name)
    const ids = options.by === 'longest' ? cast.longIds : cast.ids
    return {
      by: ownerOf(page),
      address: addressOf(page, ids),
      shows: page.shows,
      ...options,
      name: options.name ?? name,
    }
  }
  const gift = (slug: Parameters<Cast['giftIdOf']>[0]) =>
    addressOf(visit('gift'), { ...cast.ids, giftId: cast.giftIdOf(slug) })

  return [
    ...everyPage.map(({ name }) => of(name)),
    ...mainInDark.map((name) => of(name, { name: `${name}-dark`, isDark: true })),
    of('home', { name: 'home-more', act: (page) => scrollTo(page, 'hot-all') }),
    of('home', { name: 'home-visitor', by: 'nobody', shows: 'sign-in' }),
    of('home', { name: 'home-checked-in', by: 'ashu', ...checksIn }),
    of('mall', { name: 'mall-search', act: showsHistory }),
    of('mall', { name: 'mall-sort', shows: 'sort', act: (page) => tap(page, 'sort') }),
    of('gift', { name: 'gift-more', act: (page) => scrollTo(page, 'terms') }),
    of('gift', { name: 'gift-not-yet', address: gift('wireless-earbuds'), by: 'newcomer' }),
    of('gift', { name: 'gift-scarce', address: gift('throw-blanket') }),
    of('gift', { name: 'gift-redeem', address: gift('ceramic-mug'), act: (page) => tap(page, 'redeem') }),
    of('gift', {
      name: 'gift-stores',
      address: gift('coffee-beans'),
      act: (page) => scrollTo(page, 'stores'),
    }),
    of('gift', {
      name: 'gift-redeem-dark',
      isDark: true,
      address: gift('ceramic-mug'),
      act: (page) => tap(page, 'redeem'),
    }),
    of('gift', {
      name: 'gift-redeemed',
      by: 'ashu',
      address: gift('notebook-and-pen'),
      act: redeems,
      isLast: true,
    }),
    of('basket', { name: 'basket-checkout', act: (page) => tap(page, 'checkout-basket') }),
    of('points', { name: 'points-more', act: (page) => page.mouse.wheel(0, 700) }),
    of('tier', { name: 'tier-more', act: (page) => page.mouse.wheel(0, 900) }),
    of('tier', { name: 'tier-new', by: 'newcomer' }),
    of('staff-desk', { name: 'staff-desk-found', act: (page) => typesCode(page, cast.digits) }),
    of('staff-desk', {
      name: 'staff-desk-waiting',
      requests: '**/api/staff/redemptions',
      network: (route) =>
        route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.continue(),
      act: (page) => handsOver(page, cast.digits, 'desk-pending'),
    }),
    of('staff-desk', {
      name: 'staff-desk-done',
      act: (page) => handsOver(page, cast.digits, 'desk-done'),
      isLast: true,
    }),
    of('invite', { name: 'invite-poster', act: showsPoster }),
    ...calendars(of),
    ...ofTasks(of, cast),
    ...rains(of, cast.waitingRainId),
    ...inAnotherAccent(of),
    ...states(of),
    ...longTexts(of),
  ]
}

const checksIn = { act: (page: Page) => tap(page, 'check-in'), shows: 'check-in', isLast: true }

/** The check-in calendar: what can be made up, what it costs, and what came of it. */
const calendars = (of: Of): Shot[] => [
  of('calendar', { name: 'calendar-more', act: (page) => page.mouse.wheel(0, 900) }),
  of('calendar', { name: 'calendar-before', act: turnsBack }),
  of('calendar', { name: 'calendar-make-up', act: opensMakeUp }),
  of('calendar', { name: 'calendar-make-up-dark', isDark: true, act: opensMakeUp }),
  of('calendar', { name: 'calendar-new', by: 'newcomer' }),
  of('calendar', { name: 'calendar-loading', isLoading: true, network: hangs, shows: 'app' }),
  of('calendar', { name: 'calendar-error', network: isBroken, shows: 'retry' }),
  of('calendar', { name: 'calendar-made-up', act: makesUp, isLast: true }),
]

async function turnsBack(page: Page): Promise<void> {
  const name = page.locator('#month-name').locator('visible=true')
  const before = (await name.textContent()) ?? ''
  await tap(page, 'month-before')
  await name.filter({ hasNotText: before }).waitFor()
}

const opensMakeUp = async (page: Page): Promise<void> => {
  await page.locator('[id^="make-up-2"]').locator('visible=true').last().click()
  await page.locator('#make-up-confirm').waitFor()
}

async function makesUp(page: Page): Promise<void> {
  await opensMakeUp(page)
  await tap(page, 'make-up-confirm')
  await page.locator('#reached-close').waitFor()
}

async function redeems(page: Page): Promise<void> {
  await tap(page, 'redeem')
  await tap(page, 'confirm-redeem')
  await page.locator('#redeem-done').waitFor()
}

async function typesCode(page: Page, digits: string): Promise<void> {
  for (const digit of digits) await tap(page, `pad-${digit}`)
  await page.locator('#desk-ok').waitFor()
}

async function handsOver(page: Page, digits: string, shows: string): Promise<void> {
  await typesCode(page, digits)
  await tap(page, 'desk-confirm')
  await page.locator(`#${shows}`).waitFor()
}

async function showsPoster(page: Page): Promise<void> {
  await tap(page, 'make-poster')
  await page.locator('#poster img').waitFor()
}

const scrollTo = (page: Page, id: string) =>
  page
    .locator(`#${id}`)
    .locator('visible=true')
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }))

async function opensPacket(page: Page): Promise<void> {
  await tap(page, 'rain-open')
  await page.locator('#rain-points').waitFor()
}

async function opensLast(page: Page): Promise<void> {
  await opensPacket(page)
  await tap(page, 'rain-go-on')
  await page.locator('#rain-result').waitFor()
}

/** What is in a packet is random, and a picture should change only when the page does. */
const gives = (points: number, mine: object) => ({
  requests: '**/packets',
  network: (route: Route) => route.fulfill({ status: 201, json: { packet: { points, cuts: [] }, mine } }),
})
const first = gives(36, { openedPackets: 1, points: 36, leftPackets: 2 })
const last = gives(18, { openedPackets: 3, points: 86, leftPackets: 0 })

/** Before, during and after a rain. */
const rains = (of: Of, waitingId: string): Shot[] => {
  const waiting = { address: `/#/packages/play/rain/index?id=${waitingId}`, shows: 'rain-countdown' }
  return [
    of('rain', { name: 'rain-waiting', ...waiting }),
    of('rain', { name: 'rain-waiting-dark', ...waiting, isDark: true }),
    of('rain', { name: 'rain-waiting-visitor', ...waiting, by: 'nobody' }),
    of('rain', { name: 'rain-falling', movesForMs: 4_300 }),
    of('rain', {
      name: 'rain-opening',
      network: hangs,
      requests: '**/packets',
      act: (page) => tap(page, 'rain-open'),
    }),
    of('rain', {
      name: 'rain-pending',
      network: isOffline,
      requests: '**/packets',
      act: async (page) => {
        await tap(page, 'rain-open')
        await page.locator('#rain-pending').waitFor()
      },
    }),
    of('rain', { name: 'rain-opened', ...first, act: opensPacket }),
    of('rain', { name: 'rain-result', ...last, act: opensLast }),
    of('rain', { name: 'rain-result-dark', ...last, act: opensLast, isDark: true }),
  ]
}

type Of = (name: string, options?: Partial<Shot>) => Shot

const ofTasks = (of: Of, cast: Cast): Shot[] => {
  const task = (name: Parameters<Cast['taskIdOf']>[0], options: Partial<Shot> & { name: string }) =>
    of('task', { address: `/#/packages/task/detail/index?id=${cast.taskIdOf(name)}`, ...options })
  return [
    of('tasks', { name: 'tasks-dark', isDark: true }),
    of('tasks', { name: 'tasks-some-done', by: 'ashu' }),
    of('tasks', { name: 'tasks-new', by: 'newcomer' }),
    of('tasks', { name: 'tasks-loading', isLoading: true, network: hangs, shows: 'app' }),
    of('tasks', { name: 'tasks-error', network: isOffline, shows: 'retry' }),
    of('tasks', {
      name: 'tasks-empty',
      requests: '**/api/member/tasks',
      network: (route) => route.fulfill({ json: { items: [], businessDate: '2030-11-23' } }),
      shows: 'to-check-in',
    }),
    of('task', { name: 'task-filled', act: fillsSurvey }),
    of('task', { name: 'task-filled-dark', isDark: true, act: fillsSurvey }),
    task('quiz', { name: 'task-quiz' }),
    task('follow', { name: 'task-follow' }),
    task('profile', { name: 'task-profile', by: 'newcomer', shows: 'task-to-profile' }),
    task('proof', { name: 'task-in-review', shows: 'task-state' }),
    task('proof', { name: 'task-proof', by: 'newcomer' }),
    task('club', { name: 'task-not-for-you', shows: 'task-state' }),
    task('follow', { name: 'task-done', by: 'ashu', shows: 'task-done' }),
    task('quiz', { name: 'task-passed', by: 'newcomer', act: passesQuiz, isLast: true }),
  ]
}

async function fillsSurvey(page: Page): Promise<void> {
  for (const id of ['choice-shop-c1', 'choice-wishes-c1', 'choice-wishes-c2', 'star-service-4'])
    await tap(page, id)
}

async function passesQuiz(page: Page): Promise<void> {
  for (const id of ['streak-c2', 'ways-c1', 'ways-c2', 'ways-c4']) await tap(page, `choice-${id}`)
  await tap(page, 'task-submit')
  await page.locator('#task-done').waitFor()
}

/** Of a brand that chose a colour of its own. */
const ofAnotherBrand = {
  requests: '**/api/member/brand',
  network: (route: Route) => route.fulfill({ json: { brand: { accentColor: '#C2410C' } } }),
}

const inAnotherAccent = (of: Of): Shot[] => [
  of('home', { name: 'home-accent', ...ofAnotherBrand }),
  of('home', { name: 'home-accent-dark', isDark: true, ...ofAnotherBrand }),
]

/** Loading, empty and error, of pages that differ in them. */
const states = (of: Of): Shot[] => [
  ...['home', 'mall', 'gift', 'orders', 'points', 'basket', 'me'].map((name) =>
    of(name, { name: `${name}-loading`, isLoading: true, network: hangs, shows: 'app' }),
  ),
  of('home', { name: 'home-empty', by: 'newcomer' }),
  of('mall', { name: 'mall-empty', act: searchesInVain }),
  of('orders', { name: 'orders-empty', by: 'newcomer', shows: 'to-mall' }),
  of('points', { name: 'points-empty', by: 'newcomer', act: (page) => tap(page, 'filter-used') }),
  of('basket', { name: 'basket-empty', by: 'newcomer', shows: 'to-mall' }),
  of('addresses', { name: 'addresses-empty', by: 'newcomer', shows: 'add-first-address' }),
  of('inbox', { name: 'inbox-empty', by: 'newcomer', shows: 'app' }),
  of('orders', { name: 'orders-visitor', by: 'nobody', shows: 'sign-in' }),
  of('home', { name: 'home-error', network: isOffline, shows: 'retry' }),
  of('mall', { name: 'mall-error', network: isBroken, shows: 'retry' }),
  of('gift', { name: 'gift-gone', address: '/#/packages/gift/detail/index?id=gone', shows: 'to-mall' }),
  of('points', {
    name: 'points-error',
    network: isBroken,
    requests: '**/points/entries*',
    shows: 'retry',
  }),
  of('gift', {
    name: 'gift-redeem-undecided',
    requests: '**/api/member/orders',
    network: isOffline,
    act: async (page) => {
      await tap(page, 'redeem')
      await tap(page, 'confirm-redeem')
      await page.locator('#redeem-error').waitFor()
    },
  }),
]

async function showsHistory(page: Page): Promise<void> {
  for (const word of ['杯', '耳机', '给妈妈的礼物']) {
    await page.locator('#search input').fill(word)
    await page.locator('#search input').press('Enter')
  }
  await tap(page, 'search-clear')
  await page.locator('#search input').focus()
  await page.locator('#search-history').waitFor()
}

async function searchesInVain(page: Page): Promise<void> {
  await page.locator('#search input').fill('会飞的扫帚')
  await page.locator('#show-all').waitFor()
}

/** A 40-character gift, a 9-digit balance, on a usual and on the narrowest phone. */
const longTexts = (of: Of): Shot[] => [
  ...['home', 'gift', 'basket', 'order', 'points', 'me', 'tier', 'addresses'].map((name) =>
    of(name, { name: `${name}-long`, by: 'longest' }),
  ),
  of('gift', { name: 'gift-redeem-long', by: 'longest', act: (page) => tap(page, 'redeem') }),
]
