import { newId } from '#bff/kernel/ids'
import { addYears } from '#shared/domain/business-date'
import type { RawDatabase } from './raw-database'
import { postRawEntry } from './raw-entry'

export interface RawCheckInRequest {
  memberId: string
  businessDate: string
  streakDays: number
  points: number
}

/** Checks a member in with the documents Jili writes, each written once, in one transaction. */
export async function postRawCheckIn(database: RawDatabase, request: RawCheckInRequest): Promise<object> {
  const { memberId, businessDate, streakDays, points } = request
  const expiresOn = addYears(businessDate, 1)
  const occurredAt = new Date(`${businessDate}T00:00:00.000Z`)
  const lotId = newId()
  await database.inTransaction(async (session) => {
    await database
      .collection('check_ins')
      .insertOne(
        { _id: newId(), memberId, businessDate, streakDays, points, openFor: [7, 30], occurredAt },
        { session },
      )
    await database
      .collection('check_in_books')
      .updateOne(
        { _id: memberId },
        { $inc: { revision: 1 }, $setOnInsert: { cards: 0, makeUpMonth: '', makeUps: 0 } },
        { session, upsert: true },
      )
    await database.collection('lots').insertOne(
      {
        _id: lotId,
        memberId,
        lotKey: `check-in|${expiresOn}`,
        source: 'check-in',
        expiresOn,
        remaining: points,
        isExtended: false,
      },
      { session },
    )
    await postRawEntry(database, session, memberId, {
      key: `check-in:${businessDate}`,
      kind: 'earn',
      postings: [
        { account: 'system:issued', points: -points },
        { account: 'available', points },
      ],
      lots: [{ lotId, points, expiresOn }],
      title: '每日签到',
      source: 'check-in',
      rules: [{ id: 'check-in.daily', title: `每日签到 ${points}` }],
      orderId: null,
      expiresOn,
      businessDate,
      occurredAt,
    })
  })
  return request
}
