import mongoose from 'mongoose'
import type { CheckIn } from '#bff/features/check-ins/check-in.model'
import type { CheckInBook } from '#bff/features/check-ins/check-in-book.model'
import type { Claim } from '#bff/features/gifts/claim.model'
import type { GiftStock } from '#bff/features/gifts/gift-stock.model'
import type { StockEntry } from '#bff/features/gifts/stock-entry.model'
import type { Order } from '#bff/features/orders/order.model'
import type { RedemptionCode } from '#bff/features/orders/redemption-code.model'
import type { Hold } from '#bff/features/points/hold.model'
import type { JournalEntry } from '#bff/features/points/journal-entry.model'
import type { Lot } from '#bff/features/points/lot.model'
import type { PointsAccount } from '#bff/features/points/points-account.model'
import type { IdempotencyRecord } from '#bff/platform/idempotency/idempotency-record.model'
import type { OutboxEvent } from '#bff/platform/outbox/outbox-event.model'

/** Shapes only: when Jili's documents change, the floors no longer compile until they write the same. */
export interface Documents {
  check_ins: CheckIn
  check_in_books: CheckInBook
  claims: Claim
  gift_stocks: GiftStock
  holds: Hold
  idempotency_records: IdempotencyRecord
  journal_entries: JournalEntry
  lots: Lot
  orders: Order
  outbox_events: OutboxEvent
  points_accounts: PointsAccount
  redemption_codes: RedemptionCode
  stock_entries: StockEntry
}

export type RawDatabase = Awaited<ReturnType<typeof connectRaw>>
export type Session = mongoose.mongo.ClientSession

let retries = 0
export const floorRetries = (): number => retries

/** The driver without mongoose, with the concerns and the pool that Jili uses. */
export async function connectRaw(uri: string) {
  const client = await mongoose.mongo.MongoClient.connect(uri, {
    maxPoolSize: 50,
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
  })
  const database = client.db()
  return {
    collection: <Name extends keyof Documents>(name: Name) => database.collection<Documents[Name]>(name),
    async inTransaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
      let attempts = 0
      return client.withSession((session) =>
        session.withTransaction(
          () => {
            attempts += 1
            if (attempts > 1) retries += 1
            return work(session)
          },
          { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } },
        ),
      )
    },
    close: () => client.close(),
  }
}

/** Thrown in a transaction that read what is no longer so; the driver then runs it again. */
export function stale(): Error {
  const error = new mongoose.mongo.MongoError('stale read')
  error.addErrorLabel('TransientTransactionError')
  return error
}
