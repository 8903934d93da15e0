import qrcode from 'qrcode-generator'
import sharp from 'sharp'
import { BoundedMap } from './bounded-map'

const pictures = new BoundedMap<string, Promise<Buffer>>(100)

/** A PNG with a QR code of `text`: not WeChat's round code, but a picture that can be shown and read. */
export function drawMiniProgramCode(text: string, widthPx: number): Promise<Buffer> {
  const key = `${widthPx} ${text}`
  const drawn = pictures.get(key)
  if (drawn) return drawn
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const svg = code.createSvgTag({ cellSize: 8, margin: 32 })
  const picture = sharp(Buffer.from(svg))
    .resize(widthPx, widthPx, { kernel: 'nearest' })
    .png({ palette: true })
    .toBuffer()
  pictures.set(key, picture)
  return picture
}
