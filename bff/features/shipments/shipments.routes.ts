import * as contracts from '#shared/contracts/shipments'
import { carriers } from '#shared/domain/carriers'
import { decodeText } from '../../kernel/decode-text'
import { DomainError } from '../../kernel/errors'
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
    async ({ services, principal, query, csv, idempotencyKey }) => {
      const text = decodeText(csv)
      if (text === null)
        throw new DomainError('request.invalid', { message: '看不懂表格的编码，请存为 UTF-8 或 GBK' })
      return query.dryRun === 'true'
        ? previewImport(text)
        : importShipments(services, { admin: principal, text, key: idempotencyKey })
    },
  ),
  route(contracts.recordTracking, openWith('tracking'), ({ services, principal, body }) =>
    recordTracking(services, principal.id, body),
  ),
]
