import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openBrowser } from '#test/support/browser'
import { createClient } from '#test/support/client'
import { takeShot } from './camera'
import { callCast } from './cast'
import { type Shot, shotsOf } from './shots'
import { setStage } from './stage'

const outDir = resolve('docs/screenshots')
const bytesMax = 5 * 1024 * 1024

const report = (line: string) => process.stdout.write(`  ${line}\n`)

/** All shots, or those whose names begin with one of the words. */
async function takeScreenshots(words: readonly string[]): Promise<void> {
  const stage = await setStage(report)
  const browser = await openBrowser()
  try {
    const cast = await callCast(createClient(stage.baseUrl))
    const all = shotsOf(cast)
    const wanted = all.filter(({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)))
    mkdirSync(outDir, { recursive: true })
    const failures: string[] = []
    const take = async (shots: Shot[]) => {
      for (let shot = shots.shift(); shot; shot = shots.shift()) {
        const { name } = shot
        await takeShot({ browser, baseUrl: stage.baseUrl, cast, outDir }, shot).catch((error: Error) =>
          failures.push(`${name}: ${error.message}`),
        )
      }
    }
    const waiting = wanted.filter(({ isLast }) => !isLast)
    await Promise.all([take(waiting), take(waiting), take(waiting)])
    await take(wanted.filter(({ isLast }) => isLast))
    removeOthers(all.map(({ name }) => `${name}.webp`))
    const bytes = readdirSync(outDir).reduce((sum, file) => sum + statSync(join(outDir, file)).size, 0)
    report(`${wanted.length - failures.length} pictures, ${(bytes / 1024 / 1024).toFixed(2)} MiB in all`)
    if (bytes > bytesMax) failures.push('the pictures are larger than 5 MiB in all')
    if (failures.length > 0) throw new Error(failures.join('\n'))
  } finally {
    await browser.close()
    await stage.stop()
  }
}

function removeOthers(known: readonly string[]): void {
  for (const file of readdirSync(outDir))
    if (file.endsWith('.webp') && !known.includes(file)) rmSync(join(outDir, file))
}

takeScreenshots(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  },
)
