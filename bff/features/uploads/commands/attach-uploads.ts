import { notFound } from '../../../kernel/errors'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import { UploadModel } from '../upload.model'

/**
 * Gives a member's pictures to what they belong to, in its transaction; each belongs to one thing for ever, and the sweep
 * leaves it alone from then on.
 * @throws `resource.not_found` when one is missing, another's, gone already or in use.
 */
export async function attachUploads(request: {
  memberId: string
  uploadIds: readonly string[]
  attachedTo: string
}): Promise<void> {
  assertInTransaction()
  const { memberId, uploadIds, attachedTo } = request
  if (uploadIds.length === 0) return
  const attached = await UploadModel.updateMany(
    { _id: { $in: [...uploadIds] }, memberId, state: 'stored', attachedTo: null },
    { $set: { attachedTo } },
  )
  if (attached.matchedCount !== uploadIds.length) throw notFound('有的图片找不到或已经用过，请重新上传')
}

/** Lets go of what belonged to something of a member's, in the caller's transaction; the sweep removes it. */
export async function detachUploads(memberId: string, attachedTo: string): Promise<void> {
  assertInTransaction()
  await UploadModel.updateMany({ memberId, attachedTo }, { $set: { attachedTo: null, state: 'removing' } })
}

/** Lets go of every picture of a member who leaves, in the caller's transaction; the sweep removes them within a day. */
export async function eraseUploads(memberId: string): Promise<void> {
  assertInTransaction()
  await UploadModel.updateMany({ memberId }, { $set: { attachedTo: null, state: 'removing' } })
}
