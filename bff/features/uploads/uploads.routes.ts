import * as contracts from '#shared/contracts/uploads'
import { notFound } from '../../kernel/errors'
import { adminWith, anyMember, route } from '../../platform/route'
import type { Services } from '../../platform/services'
import { storeUpload } from './commands/store-upload'
import { UploadModel } from './upload.model'

/** Admins see pictures that belong to something; a member's unsent ones are nobody else's business. */
async function readBytes(
  { storage }: Pick<Services, 'storage'>,
  find: { _id: string; memberId: string } | { _id: string; attachedTo: { $ne: null } },
) {
  const upload = await UploadModel.findOne({ ...find, state: 'stored' }).lean()
  const bytes = upload ? await storage.get(upload.storageKey) : null
  if (!upload || !bytes) throw notFound('没有这张图片')
  return { contentType: upload.contentType, bytes }
}

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
