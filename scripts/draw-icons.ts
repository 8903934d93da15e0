import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { type IconName, iconColors, iconSvg } from '../miniapp/src/components/icon/icons'

/** WeChat's tab bar takes files only (81 × 81, under 40 kB each), so these few are drawn ahead and committed. */
const tabIcons: Record<string, IconName> = { home: 'home', gift: 'gift', order: 'order', me: 'user' }
const sidePx = 81

const drawTabIcons = async (outDir: string): Promise<string[]> => {
  await mkdir(outDir, { recursive: true })
  const files: string[] = []
  for (const [file, icon] of Object.entries(tabIcons)) {
    for (const [suffix, color] of [
      ['', iconColors.light.ink3],
      ['-active', iconColors.light.accent],
    ] as const) {
      const path = join(outDir, `${file}${suffix}.png`)
      const svg = Buffer.from(iconSvg(icon, color))
      const png = await sharp(svg, { density: (72 * sidePx) / 24 })
        .resize(sidePx, sidePx)
        .png({ compressionLevel: 9, palette: true, colours: 64 })
        .toBuffer()
      await writeFile(path, png)
      files.push(`${path} ${png.length} B`)
    }
  }
  return files
}

drawTabIcons(process.argv[2] ?? join(__dirname, '../miniapp/src/assets/tab')).then(
  (lines) => console.log(lines.join('\n')),
  (error: unknown) => {
    console.error(error)
    process.exitCode = 1
  },
)
