import { verifyAfterSales } from './features/after-sales'
import { verifyStock } from './features/gifts'
import { verifyGiftCodes, verifyHolds, verifyRefunds, verifyTaken } from './features/orders'
import type { LedgerCheck } from './features/points'

/** What other features add to the verification of the ledger. */
export const ledgerChecks: readonly LedgerCheck[] = [
  verifyHolds,
  verifyTaken,
  verifyRefunds,
  verifyStock,
  verifyGiftCodes,
  verifyAfterSales,
]
