import type { Services } from '../../../platform/services'
import { UploadModel } from '../upload.model'

/** A picture that belongs to nothing lives this long. */
const unattachedMs = 86_400_000
/** One run removes this many; the next run takes the rest. */
const batchSize = 200

/**
 * Removes pictures that nothing came of within 24 hours, half-written ones among them. The document is marked first, so
 * that nobody can use the picture any more, and goes last, so that a crash in between leaves it for the next run.
 * Safe to run twice and anywhere. Returns how many it removed.
 */
export async function sweepUploads({ clock, storage }: Pick<Services, 'clock' | 'storage'>): Promise<number> {
  const before = new Date(clock.now().getTime() - unattachedMs)
  const due = await UploadModel.find({ attachedTo: null, createdAt: { $lt: before } })
    .select('storageKey')
    .sort({ createdAt: 1 })
    .limit(batchSize)
    .lean()
  let removed = 0
  for (const { _id, storageKey } of due) {
    const marked = await UploadModel.updateOne({ _id, attachedTo: null }, { $set: { state: 'removing' } })
    if (marked.matchedCount !== 1) continue
    await storage.remove(storageKey)
    removed += (await UploadModel.deleteOne({ _id, state: 'removing' })).deletedCount
  }
  return removed
}
