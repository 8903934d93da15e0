import { createHash } from 'node:crypto'
import { createPicture } from '#shared/contracts/pictures'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../../kernel/errors'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { newStorageName } from '../../../platform/storage/storage-key'
import { recordAudit } from '../../audit'
import { type Picture, PictureModel } from '../picture.model'
import { copiesOf } from '../picture-copies'
import { type EncodedPicture, encodePicture } from './encode-picture'

type Needs = Pick<Services, 'clock' | 'storage'>

/**
 * Keeps a picture for gifts and stores; the same file again is the same picture. Its document is written first, as
 * `writing`: whatever fails after that, the sweep finds it. Several that send one file at once write the same bytes under
 * the same keys, and the first to finish makes it usable.
 * @throws `upload.unsupported`, `upload.limit_reached`, `service.busy` when the sweep took it away meanwhile.
 */
export async function storePicture(services: Needs, admin: AdminPrincipal, bytes: Buffer): Promise<Picture> {
  const contentHash = createHash('sha256').update(bytes).digest('hex')
  const known = await keepFromSweep(services, contentHash)
  if (known) return known
  if ((await PictureModel.countDocuments({ isUsed: false })) >= limits.unusedPictures)
    throw new DomainError('upload.limit_reached', {
      message: '上传了还没用上的图片太多了，先用上一些，或过几天再传',
    })
  const encoded = await encodePicture(bytes)
  const { _id } = await reserve(services, contentHash, encoded)
  const { full, thumbnail } = copiesOf(_id)
  await services.storage.put(full, encoded.full, 'image/webp')
  await services.storage.put(thumbnail, encoded.thumbnail, 'image/webp')
  return finish(services, admin, _id)
}

/** A file that was sent again is wanted again: the sweep's time starts anew. */
const keepFromSweep = ({ clock }: Needs, contentHash: string): Promise<Picture | null> =>
  PictureModel.findOneAndUpdate(
    { contentHash, state: 'stored' },
    { $set: { uploadedAt: clock.now() } },
    { returnDocument: 'after' },
  ).lean()

const dayMs = 86_400_000

/** One that broke off long ago is being written again: the sweep must not take it from under the new files. */
async function startAnew(present: Picture, now: Date): Promise<Picture> {
  if (now.getTime() - present.uploadedAt.getTime() > dayMs)
    await PictureModel.updateOne({ _id: present._id }, { $set: { uploadedAt: now } })
  return present
}

/** The document of this file: the one of whoever is writing it already, or a new one. */
function reserve(
  { clock }: Needs,
  contentHash: string,
  { full, thumbnail, widthPx, heightPx }: EncodedPicture,
): Promise<Picture> {
  return inTransaction(async () => {
    const present = await PictureModel.findOne({ contentHash }).lean()
    if (present) return startAnew(present, clock.now())
    const picture: Picture = {
      _id: newStorageName(),
      state: 'writing',
      contentHash,
      widthPx,
      heightPx,
      sizeBytes: full.length + thumbnail.length,
      isUsed: false,
      uploadedAt: clock.now(),
    }
    await PictureModel.insertMany([picture]).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new StaleReadError('picture') : error
    })
    return picture
  })
}

function finish({ clock }: Needs, admin: AdminPrincipal, pictureId: string): Promise<Picture> {
  return inTransaction(async () => {
    const { modifiedCount } = await PictureModel.updateOne(
      { _id: pictureId, state: 'writing' },
      { $set: { state: 'stored' } },
    )
    const stored = await PictureModel.findOne({ _id: pictureId, state: 'stored' }).lean()
    if (!stored) throw new DomainError('service.busy', { retryAfterSeconds: 1 })
    if (modifiedCount === 1) {
      const { widthPx, heightPx, sizeBytes } = stored
      await recordAudit(clock, admin, {
        operation: createPicture.id,
        targetId: pictureId,
        before: null,
        after: { widthPx, heightPx, sizeBytes },
      })
    }
    return stored
  })
}
