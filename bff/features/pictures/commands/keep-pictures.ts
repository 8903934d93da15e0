import { findUploadedPicture } from '#shared/domain/pictures'
import { DomainError } from '../../../kernel/errors'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import { PictureModel } from '../picture.model'

/**
 * Marks uploaded pictures as used, in the transaction of what names them; the sweep leaves them alone from then on.
 * Files of the picture folder pass: the brand laid them there.
 * @throws `request.invalid` naming `path` when one is not there, or was swept.
 */
export async function keepPictures(urls: readonly string[], path: string): Promise<void> {
  assertInTransaction()
  const ids = [...new Set(urls.flatMap((url) => findUploadedPicture(url)?.id ?? []))]
  if (ids.length === 0) return
  const used = await PictureModel.updateMany(
    { _id: { $in: ids }, state: 'stored' },
    { $set: { isUsed: true } },
  )
  if (used.matchedCount !== ids.length)
    throw new DomainError('request.invalid', { message: '有的图片找不到了，请重新上传', details: { path } })
}
