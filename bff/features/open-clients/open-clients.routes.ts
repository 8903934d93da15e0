import * as contracts from '#shared/contracts/open-clients'
import { limits } from '#shared/domain/limits'
import { adminWith, route } from '../../platform/route'
import {
  createOpenClient,
  presentOpenClient,
  revokeOldSecret,
  rotateSecret,
  updateOpenClient,
} from './commands/save-open-client'
import { OpenClientModel } from './open-client.model'

/** What a client may do is money's worth: only owners decide it. */
const onlyOwner = adminWith()

export const openClientsRoutes = [
  route(contracts.createOpenClient, onlyOwner, async ({ services, principal, body }) => {
    const { client, secret } = await createOpenClient(services, principal, body)
    return { client: presentOpenClient(client), secret }
  }),
  route(contracts.listOpenClients, onlyOwner, async () => {
    const clients = await OpenClientModel.find().sort({ _id: -1 }).limit(limits.openClients).lean()
    return { items: clients.map(presentOpenClient) }
  }),
  route(contracts.updateOpenClient, onlyOwner, async ({ services, principal, params, body }) => ({
    client: presentOpenClient(await updateOpenClient(services, principal, params.id, body)),
  })),
  route(contracts.rotateOpenClientSecret, onlyOwner, async ({ services, principal, params, body }) => {
    const { client, secret } = await rotateSecret(services, principal, params.id, body.overlapHours)
    return { client: presentOpenClient(client), secret }
  }),
  route(contracts.revokeOldOpenClientSecret, onlyOwner, async ({ services, principal, params }) => ({
    client: presentOpenClient(await revokeOldSecret(services, principal, params.id)),
  })),
]
