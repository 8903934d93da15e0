import * as contracts from '#shared/contracts/shipments'
import { carriers } from '#shared/domain/carriers'
import { adminWith, openWith, route } from '../../platform/route'
import { importShipments, previewImport } from './commands/import-shipments'
import { recordTracking } from './commands/record-tracking'

export const shipmentsRoutes = [
  route(contracts.listCarriers, adminWith('operator', 'support'), async () => ({
    items: carriers.map(({ code, name, aliases, pattern }) => ({
      code,
      name,
      aliases: [...aliases],
      pattern: pattern.source,
    })),
  })),
  route(
    contracts.importShipments,
    adminWith('operator'),
    async ({ services, principal, query, body, idempotencyKey }) =>
      query.dryRun === 'true'
        ? previewImport(body)
        : importShipments(services, { admin: principal, text: body, key: idempotencyKey }),
  ),
  route(contracts.recordTracking, openWith('tracking'), ({ services, principal, body }) =>
    recordTracking(services, principal.id, body),
  ),
]
