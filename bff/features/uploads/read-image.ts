import sharp from 'sharp'
import type { ImageType } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../kernel/errors'

/** The longest side that is kept; more shows nothing a person could judge by. */
const maxSidePx = 2_560

const startsWith = (bytes: Buffer, text: string, at = 0) =>
  bytes.subarray(at, at + text.length).toString('latin1') === text

/** A picture's type by its first bytes, whatever its name or header says; null for every other file. */
export function typeOf(bytes: Buffer): ImageType | null {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'image/webp'
  return null
}

export interface CleanImage {
  bytes: Buffer
  contentType: ImageType
  widthPx: number
  heightPx: number
}

/**
 * Decodes a picture and writes it anew: upright, at most 2,560 px a side, the first frame only, without EXIF, place or
 * anything else that was hidden in the file. Only the three types reach the decoder.
 * @throws `upload.unsupported` for what is no whole picture of these types, or has too many pixels.
 */
export async function readImage(bytes: Buffer): Promise<CleanImage> {
  const contentType = typeOf(bytes)
  if (!contentType) throw new DomainError('upload.unsupported')
  try {
    const upright = sharp(bytes, { limitInputPixels: limits.uploadPixels, failOn: 'error', pages: 1 })
      .autoOrient()
      .resize({ width: maxSidePx, height: maxSidePx, fit: 'inside', withoutEnlargement: true })
    const encoded = {
      'image/jpeg': () => upright.jpeg({ quality: 82 }),
      'image/png': () => upright.png(),
      'image/webp': () => upright.webp({ quality: 82 }),
    }[contentType]()
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
    return { bytes: data, contentType, widthPx: info.width, heightPx: info.height }
  } catch (cause) {
    throw new DomainError('upload.unsupported', { message: '这张图片打不开，请换一张', cause })
  }
}
