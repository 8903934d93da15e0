import { createHash } from 'node:crypto'
import { daysBetween } from '#shared/domain/business-date'
import { newId } from '../../../kernel/ids'
import { onceADay } from '../../../platform/mongo/once-a-day'
import { closeAlerts, openAlert } from '../../alerts'
import type { Ledger } from '../commands/post-entry'
import { type LedgerCheck, type Report, verifyLedger } from '../commands/verify-ledger'
import { LedgerVerificationModel } from '../ledger-verification.model'

const fromHour = 3
/** Each journal is read whole once in this many nights. */
const nightsPerRound = 7
/** What one run keeps of its differences; the route gives all of them. */
const keptDifferences = 200
/** What the alert tells of them. */
const alertedDifferences = 20

const slotOf = (memberId: string): number =>
  (createHash('sha256').update(memberId).digest()[0] ?? 0) % nightsPerRound

/**
 * Proves the ledger every night: what is new of every member, and of a seventh of them the whole journal, so that a
 * change of an old entry shows within a week. Keeps the result.
 * @returns the report, or null when tonight's run is done.
 */
export async function verifyNightly(
  ledger: Ledger,
  otherChecks: readonly LedgerCheck[],
): Promise<Report | null> {
  let report: Report | null = null
  await onceADay(ledger, { name: 'ledger.verify', fromHour }, async (today) => {
    const tonight = daysBetween('1970-01-01', today) % nightsPerRound
    const startedAt = ledger.clock.now()
    const startedMs = performance.now()
    report = await verifyLedger(otherChecks, { readsWhole: (memberId) => slotOf(memberId) === tonight })
    const { ok, checkedMembers, checkedEntries, differences } = report
    await LedgerVerificationModel.insertMany([
      {
        _id: newId(),
        startedAt,
        durationMs: Math.round(performance.now() - startedMs),
        ok,
        checkedMembers,
        checkedEntries,
        differences: differences.slice(0, keptDifferences),
      },
    ])
    await alertOfDifferences(ledger, differences)
  })
  return report
}

/** One alert for as long as nights find differences; the first good night closes it. */
async function alertOfDifferences({ clock }: Ledger, differences: Report['differences']): Promise<void> {
  const subject = { kind: 'ledger.difference', subjectId: 'ledger' } as const
  if (differences.length === 0)
    return closeAlerts(clock, { kind: subject.kind, subjectIds: [subject.subjectId] })
  await openAlert(clock, {
    ...subject,
    message: `夜间对账有 ${differences.length} 处差异`,
    details: { count: differences.length, differences: differences.slice(0, alertedDifferences) },
  })
}
