import { reseal } from '../../../kernel/secrets'
import type { Services } from '../../../platform/services'
import { MemberKeyModel } from '../member.model'

/** One run seals this many anew; the next run takes the rest. */
const batchSize = 1_000

/**
 * Seals numbers under the newest key. Compared and set: one that is bound or erased meanwhile stays so. Safe to run twice
 * and anywhere. Returns how many are still to do.
 */
export async function resealPhones({ codeKeys }: Pick<Services, 'codeKeys'>): Promise<number> {
  const keyName = codeKeys.sealing[0]?.name ?? ''
  const old = { sealed: { $type: 'string' as const }, keyName: { $ne: keyName } }
  const keys = await MemberKeyModel.find(old).limit(batchSize).lean()
  for (const { _id, sealed } of keys) {
    if (!sealed) continue
    const $set = { sealed: reseal(codeKeys.sealing, sealed, _id) ?? sealed, keyName }
    await MemberKeyModel.updateOne({ _id, sealed }, { $set })
  }
  return MemberKeyModel.countDocuments(old)
}
