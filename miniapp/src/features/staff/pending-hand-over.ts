import type { ResponseOf } from '#shared/contracts/index'
import { dropKept, keep, readKept } from '../../platform/storage'

/** A confirmation nobody has answered yet, with the key under which it was sent. */
export interface PendingHandOver {
  /** Who sent it: the key is theirs, and nobody else on this phone sees it. */
  staffId: string
  code: string
  redemption: ResponseOf<'POST /api/staff/redemptions'>
  idempotencyKey: string
}

const storageName = (staffId: string): string => `desk.pending.${staffId}`

/**
 * Kept over restarts, and over a session that ran out: once the same person has signed in again, the desk goes on asking
 * under the same key. So it is the phone's and bound to them, and only signing out by hand drops it.
 */
export const keepPending = (pending: PendingHandOver): void =>
  keep('device', storageName(pending.staffId), pending)

export const dropPending = (staffId: string): void => dropKept('device', storageName(staffId))

export function readPending(staffId: string): PendingHandOver | null {
  const pending = readKept<PendingHandOver>('device', storageName(staffId))
  return pending?.code && pending.redemption?.order && pending.idempotencyKey ? pending : null
}
