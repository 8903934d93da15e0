import type { z } from 'zod'
import * as contracts from '#shared/contracts/gift-codes'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { notFound } from '../../kernel/errors'
import { adminWith, route } from '../../platform/route'
import { findGifts } from '../gifts'
import { type CodeImport, CodeImportModel } from './code-import.model'
import { importNextBatch } from './commands/import-batch'
import { stageImport } from './commands/stage-import'
import { withdrawCodes } from './commands/withdraw-codes'

const presentSummary = ({
  _id,
  badRows,
  createdAt,
  finishedAt,
  // Imports written before there were withdrawals have neither.
  droppedRows = 0,
  withdrawnRows = 0,
  ...fields
}: CodeImport) => ({
  ...fields,
  id: _id,
  droppedRows,
  withdrawnRows,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})

async function readImport(giftId: string, importId: string): Promise<z.input<typeof contracts.codeImport>> {
  const found = await CodeImportModel.findOne({ _id: importId, giftId }).lean()
  if (!found) throw notFound('没有这次导入')
  return { ...presentSummary(found), badRows: [...found.badRows].sort((a, b) => a.line - b.line) }
}

const importCodes = route(contracts.importGiftCodes, adminWith('operator'), async (call) => {
  const { services, principal, params, query, csv } = call
  const importId = await stageImport(services, principal, {
    giftId: params.id,
    skuId: query.skuId ?? null,
    file: csv,
    key: call.idempotencyKey,
  })
  // A small file is done at once; of a large one the worker does the rest.
  await importNextBatch(services, importId)
  return { import: await readImport(params.id, importId) }
})

const listImports = route(contracts.listCodeImports, adminWith('operator'), async ({ params, query }) => {
  const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
  if ((await findGifts([params.id])).length === 0) throw notFound('没有这件礼品')
  const rows = await CodeImportModel.find({ giftId: params.id, ...before })
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: page.items.map(presentSummary), nextCursor: page.nextCursor }
})

export const giftCodesRoutes = [
  importCodes,
  route(contracts.withdrawGiftCodes, adminWith('operator'), (call) =>
    withdrawCodes(call.services, call.principal, {
      giftId: call.params.id,
      key: call.idempotencyKey,
      input: call.body,
    }),
  ),
  listImports,
  route(contracts.readCodeImport, adminWith('operator'), async ({ params }) => ({
    import: await readImport(params.id, params.importId),
  })),
]
