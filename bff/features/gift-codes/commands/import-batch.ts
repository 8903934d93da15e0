import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import { adjustStock, stockIdOf } from '../../gifts'
import { type CodeBatch, CodeBatchModel } from '../code-batch.model'
import { type CodeImport, CodeImportModel, listedBadRows } from '../code-import.model'
import { codeIdOf, openBatch, sealCard } from '../code-seals'
import { type GiftCode, GiftCodeModel } from '../gift-code.model'
import type { BadRow } from '../read-cards'

export type ImportServices = Pick<Services, 'clock' | 'codeKeys' | 'locks' | 'gate'>

/**
 * Imports the next batch: codes, stock, progress and the end of the batch are one transaction, so a crash leaves the
 * batch either whole or done. Safe to run twice and anywhere. Returns whether there was one.
 */
export async function importNextBatch(services: ImportServices, importId: string): Promise<boolean> {
  const running = await CodeImportModel.findOne({ _id: importId, state: 'importing' }).lean()
  if (!running) return false
  const { giftId, skuId } = running
  // Redemptions of the gift move the same pool: this queues with them instead of aborting them.
  const wasThere = await services.locks.withLocks([redisKeys.giftLock(giftId)], () =>
    inTransaction(() => takeBatch(services, running), { timeoutMs: 30_000 }),
  )
  await services.gate.clear([redisKeys.soldOutMark(giftId, stockIdOf(giftId, skuId))])
  return wasThere
}

async function takeBatch(services: ImportServices, running: CodeImport): Promise<boolean> {
  const { _id: importId, giftId, skuId } = running
  const batch = await CodeBatchModel.findOne({ importId }).sort({ index: 1 }).lean()
  if (!batch) return false
  // First, so that two that take the same batch collide here before they do any work.
  const ended = await CodeBatchModel.deleteOne({ _id: batch._id })
  if (ended.deletedCount !== 1) throw new StaleReadError('code batch')
  const stockId = stockIdOf(giftId, skuId)
  const { codes, duplicates } = await sortOut(services, batch, { giftId, stockId, importId })
  if (codes.length > 0) {
    await GiftCodeModel.insertMany(codes, { lean: true }).catch((error: unknown) => {
      // Another file brought the same code meanwhile: the next attempt knows it for a duplicate.
      throw isDuplicateKey(error) ? new StaleReadError('gift code') : error
    })
    await adjustStock(services, {
      stockId,
      change: codes.length,
      reason: '导入券码',
      key: `codes:${batch._id}`,
    })
  }
  const isLast = !(await CodeBatchModel.exists({ importId }))
  await CodeImportModel.updateOne(
    { _id: importId },
    {
      $inc: { importedRows: codes.length, duplicateRows: duplicates.length },
      $push: { badRows: { $each: duplicates, $slice: listedBadRows } },
      ...(isLast ? { $set: { state: 'done', finishedAt: services.clock.now() } } : {}),
    },
  )
  return true
}

/** New codes, and the rows whose code the gift has, from an earlier file or an earlier row of this one. */
async function sortOut(
  { codeKeys }: ImportServices,
  batch: CodeBatch,
  owner: Pick<GiftCode, 'giftId' | 'stockId' | 'importId'>,
): Promise<{ codes: GiftCode[]; duplicates: BadRow[] }> {
  const rows = openBatch(codeKeys, batch).map((card) => ({
    card,
    _id: codeIdOf(codeKeys, owner.giftId, card.code),
  }))
  const found = await GiftCodeModel.find({ _id: { $in: rows.map(({ _id }) => _id) } })
    .select('_id')
    .lean()
  const known = new Set(found.map(({ _id }) => _id))
  const codes: GiftCode[] = []
  const duplicates: BadRow[] = []
  for (const { _id, card } of rows) {
    if (known.has(_id)) duplicates.push({ line: card.line, reason: 'duplicate' })
    else codes.push(sealCard(codeKeys, card, owner))
    known.add(_id)
  }
  return { codes, duplicates }
}
