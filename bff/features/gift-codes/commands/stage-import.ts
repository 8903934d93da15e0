import { importGiftCodes as contract } from '#shared/contracts/gift-codes'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { hmacSha256 } from '../../../kernel/secrets'
import { runOnce } from '../../../platform/idempotency/run-once'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { findGifts } from '../../gifts'
import { CodeBatchModel } from '../code-batch.model'
import { type CodeImport, CodeImportModel, listedBadRows } from '../code-import.model'
import { sealBatch } from '../code-seals'
import { readCards } from '../read-cards'

/** Small enough for one transaction that others need not wait for long. */
const batchRows = 500

/**
 * Takes a file of codes in, sealed, to be imported batch by batch. From here on nothing is lost: the worker goes on
 * where it stopped. The same file sent again imports nothing twice.
 * @throws `resource.not_found`, `gift.not_virtual`, `request.invalid`, `request.too_large`.
 */
export async function stageImport(
  services: Services,
  admin: AdminPrincipal,
  request: { giftId: string; skuId: string | null; file: Buffer; key: string | null },
): Promise<string> {
  const { clock, calendar, codeKeys } = services
  const { giftId, skuId, file } = request
  await assertPool(giftId, skuId)
  const now = clock.now()
  const { cards, badRows } = await readCards(file, calendar.dateOf(now))
  const staged: CodeImport = {
    _id: newId(),
    giftId,
    skuId,
    state: cards.length > 0 ? 'importing' : 'done',
    totalRows: cards.length + badRows.length,
    importedRows: 0,
    duplicateRows: 0,
    badRowCount: badRows.length,
    droppedRows: 0,
    withdrawnRows: 0,
    badRows: badRows.slice(0, listedBadRows),
    createdAt: now,
    finishedAt: cards.length > 0 ? null : now,
  }
  const batches = Array.from({ length: Math.ceil(cards.length / batchRows) }, (_, index) =>
    sealBatch(codeKeys, staged._id, index, cards.slice(index * batchRows, (index + 1) * batchRows)),
  )
  // Keyed, for the hash of a short file would tell its codes to who tries them all.
  const fileMark = hmacSha256(codeKeys.lookup, file.toString('latin1'))
  const { body } = await runOnce(
    {
      actor: `admin:${admin.id}`,
      operation: contract.id,
      // Without a key of the caller's each request is a file of its own; its codes are known all the same.
      key: request.key ?? newId(),
      input: { giftId, skuId, fileMark },
      now,
    },
    async () => {
      await CodeImportModel.insertMany([staged])
      if (batches.length > 0) await CodeBatchModel.insertMany(batches)
      await recordAudit(clock, admin, {
        operation: contract.id,
        targetId: giftId,
        before: null,
        after: {
          importId: staged._id,
          skuId,
          totalRows: staged.totalRows,
          badRowCount: staged.badRowCount,
        },
      })
      return { status: contract.status, body: { importId: staged._id } }
    },
  )
  return body.importId
}

async function assertPool(giftId: string, skuId: string | null): Promise<void> {
  const [gift] = await findGifts([giftId])
  if (!gift) throw notFound('没有这件礼品')
  if (gift.handOver !== 'virtual') throw new DomainError('gift.not_virtual')
  const isKnown = skuId === null ? gift.skus.length === 0 : gift.skus.some(({ id }) => id === skuId)
  if (!isKnown)
    throw new DomainError('request.invalid', { message: '请说明是哪个规格', details: { path: 'skuId' } })
}
