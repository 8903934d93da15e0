import type { ImageType } from '#shared/domain/enums'
import { decodeImage, within } from '../../platform/images/decode-image'

/** The longest side that is kept; more shows nothing a person could judge by. */
const maxSidePx = 2_560

export interface CleanImage {
  bytes: Buffer
  contentType: ImageType
  widthPx: number
  heightPx: number
}

/** A member's picture written anew in its own type, at most 2,560 px a side. @throws `upload.unsupported` */
export const readImage = (bytes: Buffer): Promise<CleanImage> =>
  decodeImage(bytes, async (upright, contentType) => {
    const sized = upright.resize(within(maxSidePx))
    const encoded = {
      'image/jpeg': () => sized.jpeg({ quality: 82 }),
      'image/png': () => sized.png(),
      'image/webp': () => sized.webp({ quality: 82 }),
    }[contentType]()
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
    return { bytes: data, contentType, widthPx: info.width, heightPx: info.height }
  })
