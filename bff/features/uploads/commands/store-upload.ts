import { limits } from '#shared/domain/limits'
import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { newStorageKey } from '../../../platform/storage/storage-key'
import { type CleanImage, readImage } from '../read-image'
import { type Upload, UploadModel } from '../upload.model'

/**
 * Keeps a member's picture. Its document is written first, as `writing`: whatever fails after that, the sweep finds
 * the document and with it the bytes, so that none are left that nobody knows of.
 * @throws `upload.unsupported`, `upload.limit_reached`.
 */
export async function storeUpload(
  services: Pick<Services, 'clock' | 'calendar' | 'storage'>,
  memberId: string,
  bytes: Buffer,
): Promise<Upload> {
  const picture = await readImage(bytes)
  const upload = await reserve(services, memberId, picture)
  await services.storage.put(upload.storageKey, picture.bytes, picture.contentType)
  const stored = await UploadModel.findOneAndUpdate(
    { _id: upload._id, state: 'writing' },
    { $set: { state: 'stored' } },
    { returnDocument: 'after' },
  ).lean()
  // So late that the sweep took it away again.
  if (!stored) throw new DomainError('service.busy', { retryAfterSeconds: 1 })
  return stored
}

function reserve(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
  { bytes, contentType, widthPx, heightPx }: CleanImage,
): Promise<Upload> {
  const createdAt = clock.now()
  const businessDate = calendar.dateOf(createdAt)
  return inTransaction(async () => {
    // The sweep removes nothing of the same day, so the day's places fill from 0 without a gap.
    const slot = await UploadModel.countDocuments({ memberId, businessDate })
    if (slot >= limits.uploadsPerDay) throw new DomainError('upload.limit_reached')
    const upload: Upload = {
      _id: newId(),
      memberId,
      state: 'writing',
      storageKey: newStorageKey(),
      contentType,
      widthPx,
      heightPx,
      sizeBytes: bytes.length,
      attachedTo: null,
      businessDate,
      slot,
      createdAt,
    }
    await UploadModel.insertMany([upload]).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new StaleReadError('upload slot') : error
    })
    return upload
  })
}
