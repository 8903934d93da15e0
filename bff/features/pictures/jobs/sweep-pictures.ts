import type { Services } from '../../../platform/services'
import { PictureModel } from '../picture.model'
import { copiesOf } from '../picture-copies'

/** A picture that nothing has ever named lives this long after it was sent last. */
const unusedMs = 7 * 86_400_000
/** One run removes this many; the next run takes the rest. */
const batchSize = 200

/**
 * Removes pictures that nothing came of within 7 days, half-written ones among them. The document is marked first, so that
 * nothing can name the picture any more and the same file sent now becomes another one, and goes last, so that a crash in
 * between leaves it for the next run. Safe to run twice and anywhere. Returns how many it removed.
 */
export async function sweepPictures({
  clock,
  storage,
}: Pick<Services, 'clock' | 'storage'>): Promise<number> {
  const due = { isUsed: false, uploadedAt: { $lt: new Date(clock.now().getTime() - unusedMs) } }
  const rows = await PictureModel.find(due).select('_id').sort({ uploadedAt: 1 }).limit(batchSize).lean()
  let removed = 0
  for (const { _id } of rows) {
    const marked = await PictureModel.updateOne(
      { _id, ...due },
      { $set: { state: 'removing', contentHash: null } },
    )
    if (marked.matchedCount !== 1) continue
    const { full, thumbnail } = copiesOf(_id)
    await storage.remove(full)
    await storage.remove(thumbnail)
    removed += (await PictureModel.deleteOne({ _id, state: 'removing' })).deletedCount
  }
  return removed
}
