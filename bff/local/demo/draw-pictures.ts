import { createHash } from 'node:crypto'
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  avatarPictures,
  bannerPictures,
  giftPictures,
  giftVariants,
  logoPicture,
  shopPictures,
} from './pictures'

type Picture = { file: string; svg: string; widthPx: number; quality: number }
type Manifest = Record<string, string>

const giftWidthPx = 800
const cardWidthPx = 360
const quality = 84
/** One more than the two cores we count on, so that neither waits for the disk. */
const parallel = 3

const listPictures = (): Picture[] => [
  ...Object.entries(giftPictures).flatMap(([slug, gift]) => {
    const front = gift.svg('front')
    return [
      { file: `${slug}-front@360.webp`, svg: front, widthPx: cardWidthPx, quality },
      ...giftVariants.map((variant) => ({
        file: `${slug}-${variant}.webp`,
        svg: variant === 'front' ? front : gift.svg(variant),
        widthPx: giftWidthPx,
        quality,
      })),
    ]
  }),
  ...Object.entries(bannerPictures).map(([slug, { svg }]) => ({
    file: `banner-${slug}.webp`,
    svg,
    widthPx: 1400,
    quality,
  })),
  ...Object.entries(shopPictures).map(([slug, svg]) => ({
    file: `shop-${slug}.webp`,
    svg,
    widthPx: 800,
    quality,
  })),
  ...Object.entries(avatarPictures).map(([slug, svg]) => ({
    file: `avatar-${slug}.webp`,
    svg,
    widthPx: 200,
    quality,
  })),
  { file: 'logo.webp', svg: logoPicture, widthPx: 400, quality: 90 },
]

const hashOf = ({ svg, widthPx, quality: level }: Picture): string =>
  createHash('sha256').update(`${widthPx} ${level} ${svg}`).digest('hex').slice(0, 24)

const readManifest = async (path: string): Promise<Manifest> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest
  } catch {
    return {}
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Draws every picture of the demo into `outDir` as WebP and leaves alone what is already drawn from the same SVG.
 * `report` hears how many of all pictures are ready, the ones left alone included.
 */
export const drawPictures = async (
  outDir: string,
  report?: (done: number, total: number) => void,
): Promise<void> => {
  await mkdir(outDir, { recursive: true })
  const manifestPath = join(outDir, 'manifest.json')
  const drawn = await readManifest(manifestPath)
  const pictures = listPictures().map((picture) => ({ ...picture, hash: hashOf(picture) }))
  const ready = await Promise.all(
    pictures.map(({ file, hash }) => (drawn[file] === hash ? exists(join(outDir, file)) : false)),
  )
  const waiting = pictures.filter((_, index) => !ready[index])
  let done = pictures.length - waiting.length
  report?.(done, pictures.length)
  if (waiting.length === 0) return

  // Loaded only when there is something to draw: the native library costs more than the whole check above.
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1)
  const drawNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const gridPx = Number(/ width="(\d+)"/.exec(next.svg)?.[1] ?? next.widthPx)
      const webp = await sharp(Buffer.from(next.svg), { density: (72 * next.widthPx) / gridPx })
        .resize({ width: next.widthPx })
        .webp({ quality: next.quality, effort: 4 })
        .toBuffer()
      await writeFile(join(outDir, next.file), webp)
      done += 1
      report?.(done, pictures.length)
    }
  }
  await Promise.all(Array.from({ length: parallel }, drawNext))
  const manifest: Manifest = Object.fromEntries(pictures.map(({ file, hash }) => [file, hash]))
  await writeFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`)
}

if (require.main === module) {
  const outDir = process.argv[2]
  if (!outDir) {
    console.error('Usage: npx tsx bff/local/demo/draw-pictures.ts <outDir>')
    process.exitCode = 1
  } else {
    const startedAt = performance.now()
    drawPictures(outDir, (done, total) => {
      if (done % 20 === 0 || done === total) console.log(`${done} of ${total} pictures`)
    }).then(
      () => console.log(`ready after ${Math.round(performance.now() - startedAt)} ms`),
      (error: unknown) => {
        console.error(error)
        process.exitCode = 1
      },
    )
  }
}
