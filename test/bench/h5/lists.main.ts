import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { openBrowser, openPhone, rememberSessions } from '#test/support/browser'
import { apiWithRows } from './api-rows'
import { serveH5 } from './serve-h5'

/** `npm run bench:lists`: how smoothly lists of 1,000 rows grow and scroll in Chromium. */
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    slowdown: { type: 'string', default: '1' },
    css: { type: 'string', default: '' },
    rows: { type: 'string', default: '1000' },
    only: { type: 'string' },
  },
})

const rowCount = Number(values.rows)
const longFrameMs = 50
const session = { token: 'bench', expiresAt: '2099-01-01T00:00:00.000Z' }

const allLists = [
  { name: 'points history', path: 'packages/points/entries/index', row: '.entry[id]' },
  { name: 'mall', path: 'pages/mall/index', row: '.gift-card[id]' },
  { name: 'orders', path: 'pages/orders/index', row: '.order-card' },
  { name: 'inbox', path: 'packages/member/inbox/index', row: '.message' },
]

const lists = allLists.filter(({ name }) => !values.only || name === values.only)

interface Frames {
  frames: number
  long: number
  worstMs: number
}

/* A text and not a function: the page belongs to the DOM, this file to node. Scrolls frame by frame and times each. */
const scrollScript = (row: string, to: 'grow' | 'top' | 'bottom'): string => `
  new Promise((resolve) => {
    const deltas = []
    const scrollerOf = (element) =>
      !element || (element.scrollHeight > element.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(element).overflowY))
        ? element ?? document.scrollingElement
        : scrollerOf(element.parentElement)
    const scroller = scrollerOf(document.querySelector(${JSON.stringify(row)}))
    let last = performance.now()
    const rows = () => document.querySelectorAll(${JSON.stringify(row)}).length
    const isDone = {
      grow: () => rows() >= ${rowCount} || deltas.length > 2500,
      top: () => scroller.scrollTop <= 0,
      bottom: () => scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2 || deltas.length > 2500,
    }['${to}']
    const step = () => {
      const now = performance.now()
      deltas.push(now - last)
      last = now
      if (isDone()) {
        const long = deltas.filter((delta) => delta > ${longFrameMs})
        resolve({ frames: deltas.length, long: long.length, worstMs: Math.round(Math.max(...deltas)) })
        return
      }
      scroller.scrollBy(0, ${to === 'top' ? -600 : to === 'bottom' ? 600 : 200})
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })`

const scroll = (page: Page, row: string, to: 'grow' | 'top' | 'bottom'): Promise<Frames> =>
  page.evaluate(scrollScript(row, to))

const told = ({ frames, long, worstMs }: Frames): string => `${long}/${frames} (worst ${worstMs} ms)`

async function main(): Promise<void> {
  const server = await serveH5(values.folder ?? ensureBuilt('h5'), apiWithRows(rowCount))
  const browser = await openBrowser()
  const table = []
  try {
    for (const { name, path, row } of lists) {
      const phone = await openPhone(browser, server.baseUrl)
      await rememberSessions(phone, { member: session })
      const devtools = await phone.page.context().newCDPSession(phone.page)
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: Number(values.slowdown) })
      await phone.page.goto(`/#/${path}`)
      await phone.page.locator(row).first().waitFor()
      if (values.css) await phone.page.addStyleTag({ content: values.css })
      const growing = await scroll(phone.page, row, 'grow')
      const up = await scroll(phone.page, row, 'top')
      const down = await scroll(phone.page, row, 'bottom')
      const counted = await phone.page.evaluate(
        `[document.querySelectorAll(${JSON.stringify(row)}).length, document.querySelectorAll('*').length]`,
      )
      const [rows, nodes] = counted as [number, number]
      table.push({ list: name, rows, nodes, growing: told(growing), up: told(up), down: told(down) })
      await phone.page.context().close()
    }
  } finally {
    await browser.close()
    await server.close()
  }
  console.log(`frames over ${longFrameMs} ms of all frames, processor slowed down ${values.slowdown} times`)
  console.table(table)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
