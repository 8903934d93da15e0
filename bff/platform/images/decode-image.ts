import sharp, { type Sharp } from 'sharp'
import type { ImageType } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../kernel/errors'
import { createBoundedLane } from '../bounded-lane'

const startsWith = (bytes: Buffer, text: string, at = 0) =>
  bytes.subarray(at, at + text.length).toString('latin1') === text

/** A picture of many pixels takes hundreds of megabytes while it is decoded, and threads that files and DNS need too. */
const lane = createBoundedLane({ waitingMax: 64 })

/** A picture's type by its first bytes, whatever its name or header says; null for every other file. */
function typeOf(bytes: Buffer): ImageType | null {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'image/webp'
  return null
}

/**
 * Decodes a picture that somebody sent and gives it to `encode` to be written anew: upright, the first frame only,
 * without EXIF, place or anything else that was hidden in the file. Only the three types reach the decoder.
 * @throws `upload.unsupported` for what is no whole picture of these types, or has too many pixels; `service.busy`
 */
export async function decodeImage<T>(
  bytes: Buffer,
  encode: (upright: Sharp, type: ImageType) => Promise<T>,
): Promise<T> {
  const type = typeOf(bytes)
  if (!type) throw new DomainError('upload.unsupported')
  return lane(async () => {
    try {
      const upright = sharp(bytes, { limitInputPixels: limits.uploadPixels, failOn: 'error', pages: 1 })
      return await encode(upright.autoOrient(), type)
    } catch (cause) {
      throw new DomainError('upload.unsupported', { message: '这张图片打不开，请换一张', cause })
    }
  })
}

/** Options of a resize that fits a picture into a square and never enlarges it. */
export const within = (sidePx: number) =>
  ({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true }) as const
