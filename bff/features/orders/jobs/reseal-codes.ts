import { reseal } from '../../../kernel/secrets'
import type { Services } from '../../../platform/services'
import { OrderModel } from '../order.model'
import { openStates } from '../orders.states'

/** One run seals this many anew; the next run takes the rest. */
const batchSize = 500

/**
 * Seals the redemption codes of open orders under the newest key; what is over is never opened again. Compared and
 * set, safe to run twice. Returns how many are still to do.
 */
export async function resealRedemptionCodes({ codeKeys }: Pick<Services, 'codeKeys'>): Promise<number> {
  const ring = codeKeys.sealing
  const newest = new RegExp(`^${ring[0]?.name}\\.`)
  const old = {
    state: { $in: [...openStates] },
    handOver: 'pickup' as const,
    'code.sealedDigits': { $not: newest },
  }
  const orders = await OrderModel.find(old).limit(batchSize).select('code').lean()
  for (const { _id, code } of orders) {
    if (!code) continue
    const { sealedDigits, sealedSecret } = code
    const $set = {
      'code.sealedDigits': reseal(ring, sealedDigits, `${_id}:digits`) ?? sealedDigits,
      'code.sealedSecret': reseal(ring, sealedSecret, `${_id}:secret`) ?? sealedSecret,
    }
    await OrderModel.updateOne({ _id, 'code.sealedDigits': sealedDigits }, { $set })
  }
  return OrderModel.countDocuments(old)
}
