import * as contracts from '#shared/contracts/pictures'
import { uploadedPictureUrls } from '#shared/domain/pictures'
import { adminWith, route } from '../../platform/route'
import { storePicture } from './commands/store-picture'

export const picturesRoutes = [
  route(contracts.createPicture, adminWith('operator'), async ({ services, principal, upload }) => {
    const { _id, widthPx, heightPx, sizeBytes } = await storePicture(services, principal, upload)
    return { picture: { ...uploadedPictureUrls(_id), widthPx, heightPx, sizeBytes } }
  }),
]
