import type { z } from 'zod'
import { withdrawGiftCodes as contract } from '#shared/contracts/gift-codes'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { runOnce } from '../../../platform/idempotency/run-once'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import { redisKeys } from '../../../platform/redis/keys'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { adjustStock, findGifts, readAvailable } from '../../gifts'
import { CodeBatchModel } from '../code-batch.model'
import { CodeImportModel } from '../code-import.model'
import { codeIdOf } from '../code-seals'
import { type GiftCode, GiftCodeModel } from '../gift-code.model'

type Input = z.output<typeof contract.body>
type Answer = z.input<typeof contract.response>
type Found = Pick<GiftCode, '_id' | 'stockId' | 'importId'>

/**
 * Takes codes that nobody got out again, as if they had never been imported, and their pieces out of the stock; rows of
 * the import that still wait are never taken in. A code is either issued or withdrawn: both compare and set the same
 * document. Codes for pieces that orders in review hold stay until others can take their place.
 * @throws `resource.not_found` for an unknown gift or import; `gift.not_virtual`.
 */
export async function withdrawCodes(
  services: Services,
  admin: AdminPrincipal,
  request: { giftId: string; key: string | null; input: Input },
): Promise<Answer> {
  const { clock, codeKeys, locks } = services
  const { giftId, key, input } = request
  const [gift] = await findGifts([giftId])
  if (!gift) throw notFound('没有这件礼品')
  if (gift.handOver !== 'virtual') throw new DomainError('gift.not_virtual')
  const { importId = null, codes = [], reason } = input
  // The codes are known by their ids from here on: neither the audit nor the record of the key may tell them.
  const ids = [...new Set(codes.map((code) => codeIdOf(codeKeys, giftId, code)))].sort()
  const once = {
    actor: `admin:${admin.id}`,
    operation: contract.id,
    key: key ?? newId(),
    input: { giftId, importId, ids, reason },
    now: clock.now(),
  }
  const { body } = await runOnce<Answer>(
    once,
    async () => {
      const droppedRows = importId ? await dropWaiting(services, giftId, importId) : 0
      const wanted = importId ? { giftId, importId } : { _id: { $in: ids } }
      const answer = { ...(await takeOut(services, wanted, reason)), droppedRows }
      await recordAudit(clock, admin, {
        operation: contract.id,
        targetId: giftId,
        before: null,
        after: { importId, namedCodes: ids.length, reason, ...answer },
      })
      return { status: contract.status, body: answer }
    },
    // Redemptions of the gift move the same pool: this queues with them instead of aborting them.
    { around: (attempt) => locks.withLocks([redisKeys.giftLock(giftId)], attempt) },
  )
  return body
}

/** Ends an import that is under way. Its next batch is the document it collides on with the worker. */
async function dropWaiting({ clock }: Pick<Services, 'clock'>, giftId: string, importId: string) {
  assertInTransaction()
  const found = await CodeImportModel.findOne({ _id: importId, giftId }).lean()
  if (!found) throw notFound('没有这次导入')
  if (found.state === 'done') return 0
  await CodeBatchModel.deleteMany({ importId })
  const droppedRows = found.totalRows - found.badRowCount - found.importedRows - found.duplicateRows
  await CodeImportModel.updateOne(
    { _id: importId },
    { $set: { state: 'done', finishedAt: clock.now(), droppedRows } },
  )
  return droppedRows
}

async function takeOut(
  services: Pick<Services, 'clock'>,
  wanted: object,
  reason: string,
): Promise<Omit<Answer, 'droppedRows'>> {
  const found: Found[] = await GiftCodeModel.find({ ...wanted, state: 'available' })
    .sort({ _id: 1 })
    .limit(limits.codesPerWithdrawal)
    .select('stockId importId')
    .lean()
  let withdrawnCodes = 0
  for (const [stockId, codes] of groupBy(found, 'stockId')) {
    const chosen = codes.slice(0, await readAvailable(stockId))
    if (chosen.length === 0) continue
    const deleted = await GiftCodeModel.deleteMany({
      _id: { $in: chosen.map(({ _id }) => _id) },
      state: 'available',
    })
    if (deleted.deletedCount !== chosen.length) throw new StaleReadError('gift codes')
    await adjustStock(services, { stockId, change: -chosen.length, reason: `撤回券码：${reason}` })
    for (const [importId, { length }] of groupBy(chosen, 'importId'))
      await CodeImportModel.updateOne({ _id: importId }, { $inc: { withdrawnRows: length } })
    withdrawnCodes += chosen.length
  }
  return {
    withdrawnCodes,
    leftCodes: await GiftCodeModel.countDocuments({ ...wanted, state: 'available' }),
    issuedCodes: await GiftCodeModel.countDocuments({ ...wanted, state: 'assigned' }),
  }
}

function groupBy(codes: readonly Found[], field: 'stockId' | 'importId'): Map<string, Found[]> {
  const groups = new Map<string, Found[]>()
  for (const code of codes) groups.set(code[field], [...(groups.get(code[field]) ?? []), code])
  return groups
}
