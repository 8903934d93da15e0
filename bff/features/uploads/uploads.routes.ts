import * as contracts from '#shared/contracts/uploads'
import { notFound } from '../../kernel/errors'
import { adminWith, anyMember, route } from '../../platform/route'
import type { Services } from '../../platform/services'
import { storeUpload } from './commands/store-upload'
import { UploadModel } from './upload.model'

/** Admins see pictures that belong to something; a member's unsent ones are nobody else's business. */
async function readBytes(
  { storage }: Pick<Services, 'storage'>,
  find: { _id: string; memberId: string } | { _id: string; attachedTo: { $ne: null } | RegExp },
) {
  const upload = await UploadModel.findOne({ ...find, state: 'stored' }).lean()
  const bytes = upload ? await storage.get(upload.storageKey) : null
  if (!upload || !bytes) throw notFound('没有这张图片')
  return { contentType: upload.contentType, bytes }
}

/** The bytes of a picture that belongs to a thing whose name begins so, for whoever asks. @throws `resource.not_found` */
export const readAttachedBytes = (
  services: Pick<Services, 'storage'>,
  uploadId: string,
  attachedTo: 'avatar:',
) => readBytes(services, { _id: uploadId, attachedTo: new RegExp(`^${attachedTo}`) })

export const uploadsRoutes = [
  route(contracts.createUpload, anyMember, async ({ services, principal, upload }) => {
    const { _id, contentType, widthPx, heightPx, sizeBytes, createdAt } = await storeUpload(
      services,
      principal.id,
      upload,
    )
    return {
      upload: { id: _id, contentType, widthPx, heightPx, sizeBytes, createdAt: createdAt.toISOString() },
    }
  }),
  route(contracts.readUpload, anyMember, ({ services, principal, params }) =>
    readBytes(services, { _id: params.id, memberId: principal.id }),
  ),
  route(contracts.readUploadAsAdmin, adminWith('support', 'reviewer'), ({ services, params }) =>
    readBytes(services, { _id: params.id, attachedTo: { $ne: null } }),
  ),
]
