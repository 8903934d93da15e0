import type { z } from 'zod'
import * as contracts from '#shared/contracts/open-clients'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { randomSecret, seal } from '../../../kernel/secrets'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { secretContext } from '../authenticate-open-client'
import { type OpenClient, OpenClientModel, type OpenClientSecret } from '../open-client.model'

type SaveServices = Pick<Services, 'clock' | 'codeKeys'>
const hourMs = 3_600_000

/** A client as admins see it: never with a secret. */
export const presentOpenClient = (client: OpenClient): z.input<typeof contracts.openClient> => ({
  id: client._id,
  name: client.name,
  kind: client.kind,
  scopes: client.scopes,
  isDisabled: client.isDisabled,
  secrets: client.secrets.map(({ createdAt, validUntil }) => ({
    createdAt: createdAt.toISOString(),
    validUntil: validUntil?.toISOString() ?? null,
  })),
  createdAt: client.createdAt.toISOString(),
})

/** Creates a client with its first secret, which is told here and never again. @throws `resource.conflict` */
export async function createOpenClient(
  services: SaveServices,
  admin: AdminPrincipal,
  input: z.output<typeof contracts.createOpenClient.body>,
): Promise<{ client: OpenClient; secret: string }> {
  const _id = newId()
  const { secret, stored } = newSecret(services, _id)
  const createdAt = services.clock.now()
  const client: OpenClient = { _id, ...input, isDisabled: false, secrets: [stored], createdAt }
  await inTransaction(async () => {
    if ((await OpenClientModel.countDocuments({})) >= limits.openClients)
      throw new DomainError('resource.conflict', { message: `最多建 ${limits.openClients} 个接口客户` })
    await OpenClientModel.insertMany([client])
    await recordAudit(services.clock, admin, {
      operation: contracts.createOpenClient.id,
      targetId: _id,
      before: null,
      after: presentOpenClient(client),
    })
  }).catch(refuseTakenName)
  return { client, secret }
}

/** Changes a client's name, scopes or whether it may call at all. @throws `resource.not_found`, `resource.conflict` */
export const updateOpenClient = (
  services: SaveServices,
  admin: AdminPrincipal,
  clientId: string,
  changes: z.output<typeof contracts.updateOpenClient.body>,
): Promise<OpenClient> =>
  changeClient(services, admin, { clientId, operation: contracts.updateOpenClient.id }, () => changes).catch(
    refuseTakenName,
  )

/** Gives a client a new secret; the one before it works `overlapHours` longer, older ones end now. */
export async function rotateSecret(
  services: SaveServices,
  admin: AdminPrincipal,
  clientId: string,
  overlapHours: number,
): Promise<{ client: OpenClient; secret: string }> {
  const { secret, stored } = newSecret(services, clientId)
  const validUntil = new Date(stored.createdAt.getTime() + overlapHours * hourMs)
  const target = { clientId, operation: contracts.rotateOpenClientSecret.id }
  const client = await changeClient(services, admin, target, ({ secrets }) => ({
    secrets: [stored, ...secrets.slice(0, overlapHours > 0 ? 1 : 0).map((old) => ({ ...old, validUntil }))],
  }))
  return { client, secret }
}

/** Ends every secret but the newest at once. */
export const revokeOldSecret = (
  services: SaveServices,
  admin: AdminPrincipal,
  clientId: string,
): Promise<OpenClient> =>
  changeClient(
    services,
    admin,
    { clientId, operation: contracts.revokeOldOpenClientSecret.id },
    (client) => ({
      secrets: client.secrets.slice(0, 1),
    }),
  )

function newSecret({ clock, codeKeys }: SaveServices, clientId: string) {
  const secret = randomSecret(256)
  const stored: OpenClientSecret = {
    sealed: seal(codeKeys.sealing, secret, secretContext(clientId)),
    createdAt: clock.now(),
    validUntil: null,
  }
  return { secret, stored }
}

const changeClient = (
  { clock }: SaveServices,
  admin: AdminPrincipal,
  target: { clientId: string; operation: string },
  changesOf: (client: OpenClient) => Partial<OpenClient>,
): Promise<OpenClient> =>
  inTransaction(async () => {
    const before = await OpenClientModel.findById(target.clientId).lean()
    if (!before) throw notFound('没有这个接口客户')
    const changes = changesOf(before)
    const after = { ...before, ...changes }
    // Of two rotations at once the second must see the first's secret, not overwrite it.
    const changed = await OpenClientModel.updateOne(
      { _id: before._id, 'secrets.0.sealed': before.secrets[0]?.sealed },
      { $set: changes },
    )
    if (changed.matchedCount !== 1) throw new StaleReadError('open client secrets')
    await recordAudit(clock, admin, {
      operation: target.operation,
      targetId: before._id,
      before: presentOpenClient(before),
      after: presentOpenClient(after),
    })
    return after
  })

function refuseTakenName(error: unknown): never {
  throw isDuplicateKey(error) ? new DomainError('resource.conflict', { message: '这个名称已经有了' }) : error
}
