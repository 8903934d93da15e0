import { findUploadedPicture, uploadedPictureUrls } from '#shared/domain/pictures'
import { pictureKeyOf } from '../../platform/storage/storage-key'

/** Storage keys of a picture's copies: those that their addresses lead to. */
export function copiesOf(pictureId: string): { full: string; thumbnail: string } {
  const { url, thumbnailUrl } = uploadedPictureUrls(pictureId)
  return { full: keyOf(url), thumbnail: keyOf(thumbnailUrl) }
}

function keyOf(url: string): string {
  const picture = findUploadedPicture(url)
  if (!picture) throw new Error('a picture id of ours')
  return pictureKeyOf(picture.copy)
}
