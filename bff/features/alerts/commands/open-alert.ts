import type { Clock } from '../../../kernel/clock'
import { newId } from '../../../kernel/ids'
import { isDuplicateKey } from '../../../platform/mongo/transaction'
import { type Alert, AlertModel } from '../alert.model'

/**
 * Opens an alert unless one of its kind is open for the subject; that one then says what is new. Safe to repeat, and
 * of two that find the same thing one opens it. Returns whether it was opened now.
 */
export async function openAlert(
  clock: Clock,
  found: Pick<Alert, 'kind' | 'subjectId' | 'message' | 'details'>,
): Promise<boolean> {
  const { kind, subjectId, message, details } = found
  const told = await AlertModel.updateOne({ kind, subjectId, isOpen: true }, { $set: { message, details } })
  if (told.matchedCount === 1) return false
  const alert: Alert = { _id: newId(), ...found, isOpen: true, openedAt: clock.now(), closedAt: null }
  try {
    await AlertModel.insertMany([alert])
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

/** Closes what is open of a kind for these subjects; what is not open stays as it is. */
export async function closeAlerts(
  clock: Clock,
  over: { kind: Alert['kind']; subjectIds: readonly string[] },
): Promise<void> {
  const { kind, subjectIds } = over
  await AlertModel.updateMany(
    { kind, subjectId: { $in: [...subjectIds] }, isOpen: true },
    { $set: { isOpen: false, closedAt: clock.now() } },
  )
}
