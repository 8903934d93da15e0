import { keep, readKept, taroStorage } from '../../platform/storage'
import type { Redemption } from './staff.queries'

/** A confirmation nobody has answered yet, with the key under which it was sent. */
export interface PendingHandOver {
  code: string
  redemption: Redemption
  idempotencyKey: string
}

const storageName = 'jili.desk.pending'

/** Kept over restarts: an app that is closed while it waits goes on asking under the same key. */
export const keepPending = (pending: PendingHandOver): void => keep(storageName, pending)

export const dropPending = (): void => taroStorage.removeItem(storageName)

export function readPending(): PendingHandOver | null {
  const pending = readKept<PendingHandOver>(storageName)
  return pending?.code && pending.redemption?.order && pending.idempotencyKey ? pending : null
}
