import type { Services } from '../../../platform/services'
import { finishDealing } from '../commands/announce-rain'
import { PacketModel } from '../packet.model'
import { type Rain, RainModel } from '../rain.model'

/** Rains one run looks at; the next run takes the rest. */
const rainsPerRun = 20
const deletedAtOnce = 1_000
/** Deletions of one run at most. */
const batchesPerRun = 20
/** An opening that began in time has ended by then. */
const graceMs = 60_000

/**
 * Goes on with deals that were cut off, and deletes what nobody opened of rains that are over or cancelled. Safe to run
 * twice and anywhere. Returns how many packets it deleted.
 */
export async function sweepRains(services: Pick<Services, 'clock'>): Promise<number> {
  const dealing = await RainModel.find({ isTidied: false, state: 'dealing' }).limit(rainsPerRun).lean()
  for (const rain of dealing) await finishDealing(services, rain)
  const before = new Date(services.clock.now().getTime() - graceMs)
  const done = await RainModel.find({
    isTidied: false,
    $or: [
      { state: 'announced', endsAt: { $lt: before } },
      { state: 'cancelled', updatedAt: { $lt: before } },
    ],
  })
    .limit(rainsPerRun)
    .lean()
  let deleted = 0
  for (const rain of done) deleted += await tidy(rain, batchesPerRun - deleted / deletedAtOnce)
  return deleted
}

async function tidy({ _id: rainId }: Rain, batches: number): Promise<number> {
  let deleted = 0
  for (let batch = 0; batch < batches; batch += 1) {
    const left = await PacketModel.find({ rainId, state: 'free' }).select('_id').limit(deletedAtOnce).lean()
    if (left.length === 0) {
      await RainModel.updateOne({ _id: rainId }, { $set: { isTidied: true } })
      break
    }
    const ids = left.map(({ _id }) => _id)
    deleted += (await PacketModel.deleteMany({ _id: { $in: ids }, state: 'free' })).deletedCount
  }
  return deleted
}
