import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { PacketModel } from '../packet.model'
import { findOpened } from '../queries/read-rains'
import { RainModel } from '../rain.model'

/**
 * Takes over what another account of the same person opened of rains that are not done with, in the caller's transaction:
 * closing the account gives nobody more packets. Repeating it changes nothing.
 */
export async function carryPackets(fromMemberId: string, toMemberId: string): Promise<void> {
  assertInTransaction()
  if (fromMemberId === toMemberId) return
  const rains = await RainModel.find({ state: 'announced', isTidied: false }).select('_id').lean()
  for (const { _id: rainId } of rains) {
    const present = await findOpened(rainId, toMemberId)
    let slot = Math.max(-1, ...present.map((packet) => packet.slot ?? 0))
    for (const packet of await findOpened(rainId, fromMemberId)) {
      slot += 1
      await PacketModel.updateOne(
        { _id: packet._id, memberId: fromMemberId },
        { $set: { memberId: toMemberId, slot } },
      ).catch((error: unknown) => {
        throw isDuplicateKey(error) ? new StaleReadError('packet slot') : error
      })
    }
  }
}
