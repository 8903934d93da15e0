import { reseal } from '../../../kernel/secrets'
import type { Services } from '../../../platform/services'
import { CodeBatchModel } from '../code-batch.model'
import { GiftCodeModel } from '../gift-code.model'

/** One run seals this many anew of each kind; the next run takes the rest. */
const batchSize = 1_000

/**
 * Seals under the newest key what an older one sealed, so that the old key can be dropped. Each text is compared and
 * set: whatever changes it meanwhile wins. Safe to run twice and anywhere. Returns how many are still to do.
 */
export async function resealGiftCodes({ codeKeys }: Pick<Services, 'codeKeys'>): Promise<number> {
  const keyName = codeKeys.sealing[0]?.name ?? ''
  const old = { keyName: { $ne: keyName } }
  const renew = ({ _id, sealed }: { _id: string; sealed: string }) => ({
    updateOne: {
      filter: { _id, sealed },
      update: { $set: { sealed: reseal(codeKeys.sealing, sealed, _id) ?? sealed, keyName } },
    },
  })
  const codes = await GiftCodeModel.find(old).limit(batchSize).select('sealed').lean()
  if (codes.length > 0) await GiftCodeModel.bulkWrite(codes.map(renew), { ordered: false })
  const batches = await CodeBatchModel.find(old).limit(batchSize).select('sealed').lean()
  if (batches.length > 0) await CodeBatchModel.bulkWrite(batches.map(renew), { ordered: false })
  return (await GiftCodeModel.countDocuments(old)) + (await CodeBatchModel.countDocuments(old))
}
