import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { openPhone, rememberSessions, waitUntilSettled } from '#test/support/browser'
import type { Cast } from './cast'
import type { Shot } from './shots'
import { today } from './stage'

const quality = 78

export interface Camera {
  browser: Browser
  baseUrl: string
  cast: Cast
  outDir: string
}

/** The one code of all pictures: real ones are random, and a picture should change only when the page does. */
const codeShown = { digits: '482109375564', qrText: 'jili:482109375564:4f1d0c8a2b7e93655d08c1aa' }

/** Photographs one state of one page. @throws Error when the page complains or never shows what it should */
export async function takeShot({ browser, baseUrl, cast, outDir }: Camera, shot: Shot): Promise<void> {
  const phone = await openPhone(browser, baseUrl, {
    deviceScaleFactor: 2,
    colorScheme: shot.isDark ? 'dark' : 'light',
    reducedMotion: shot.movesForMs ? 'no-preference' : 'reduce',
  })
  const { page, complaints } = phone
  try {
    await page.clock.setFixedTime(today)
    await rememberSessions(phone, cast.sessions[shot.by])
    await page.route('**/api/member/orders/*/code', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), ...codeShown } })
    })
    const { network } = shot
    if (network) await page.route(shot.requests ?? '**/api/**', (route) => network(route) ?? undefined)
    await page.goto(shot.address)
    await page.locator(`#${shot.shows}`).locator('visible=true').first().waitFor()
    if (!shot.isLoading) await waitUntilSettled(phone)
    if (shot.act) {
      await shot.act(page)
      await waitUntilSettled(phone)
    }
    await page.evaluate('document.fonts.ready.then(() => null)')
    if (shot.movesForMs) await page.waitForTimeout(shot.movesForMs)
    const animations = shot.movesForMs ? 'allow' : 'disabled'
    const png = await page.screenshot({ animations, caret: 'hide' })
    await sharp(png)
      .webp({ quality, effort: 5 })
      .toFile(join(outDir, `${shot.name}.webp`))
  } finally {
    await page.context().close()
  }
  const unexpected = complaints.filter((line) => !(shot.network && /Failed to load resource/.test(line)))
  if (unexpected.length > 0 && shot.name !== 'gift-gone')
    throw new Error(`${shot.name} complains: ${unexpected.join('; ')}`)
}
