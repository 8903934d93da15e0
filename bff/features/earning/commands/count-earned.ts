import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { EarningCounterModel } from '../earning-counter.model'

/** Room under one cap. */
export interface Allowance {
  counterId: string
  cap: number
  /** When nothing can count towards it any more. */
  expiresAt: Date | null
  /** What a member reads when it cuts. */
  reason: string
}

/** The counters of one earning, as they stand in its transaction. */
export interface Counters {
  /** How much of `points` fits under all of these caps, and the cap that cuts the most. */
  fit(points: number, allowances: readonly Allowance[]): { points: number; cutBy: Allowance | null }
  add(points: number, allowances: readonly Allowance[]): void
  /** Writes what was added. */
  save(): Promise<void>
}

/**
 * Reads counters for one earning. `save` writes each on condition that it still stands as read: of two earnings that fill a
 * cap at once one runs again and sees the other's points, so that no cap is ever passed by one point.
 */
export async function openCounters(allowances: readonly Allowance[]): Promise<Counters> {
  assertInTransaction()
  const ids = [...new Set(allowances.map(({ counterId }) => counterId))]
  const rows = ids.length > 0 ? await EarningCounterModel.find({ _id: { $in: ids } }).lean() : []
  const stored = new Map(rows.map(({ _id, points }) => [_id, points]))
  const counted = new Map<string, { points: number; expiresAt: Date | null }>()
  const standOf = (id: string) => counted.get(id)?.points ?? stored.get(id) ?? 0
  return {
    fit(points, all) {
      let fitting = { points, cutBy: null as Allowance | null }
      for (const allowance of all) {
        const left = Math.max(0, allowance.cap - standOf(allowance.counterId))
        if (left < fitting.points) fitting = { points: left, cutBy: allowance }
      }
      return fitting
    },
    add(points, all) {
      if (points === 0) return
      for (const { counterId, expiresAt } of all)
        counted.set(counterId, { points: standOf(counterId) + points, expiresAt })
    },
    async save() {
      for (const [id, { points, expiresAt }] of counted)
        await saveCounter(id, stored.get(id), points, expiresAt)
    },
  }
}

async function saveCounter(
  _id: string,
  before: number | undefined,
  points: number,
  expiresAt: Date | null,
): Promise<void> {
  if (before === undefined) {
    await insertWhole(EarningCounterModel, [{ _id, points, expiresAt }]).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new StaleReadError('earning counter') : error
    })
    return
  }
  const saved = await EarningCounterModel.updateOne({ _id, points: before }, { $set: { points } })
  if (saved.matchedCount !== 1) throw new StaleReadError('earning counter')
}

/** Takes points off counters again, when what was earned is taken back; those of past periods may be gone. */
export async function uncountEarned(
  parts: readonly { counterIds: string[]; points: number }[],
): Promise<void> {
  assertInTransaction()
  const byId = new Map<string, number>()
  for (const { counterIds, points } of parts)
    for (const id of counterIds) byId.set(id, (byId.get(id) ?? 0) + points)
  for (const [_id, points] of byId)
    if (points !== 0) await EarningCounterModel.updateOne({ _id }, { $inc: { points: -points } })
}
