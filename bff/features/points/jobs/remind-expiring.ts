import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { onceADay } from '../../../platform/mongo/once-a-day'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import type { Ledger } from '../commands/post-entry'
import { LotModel } from '../lot.model'
import { PointsReminderModel } from '../points-reminder.model'

/** Reminders go out this many days before points expire. */
const leadsDays = [30, 7]
/** A day on which nothing ran is made up for within this many days. */
const catchUpDays = 3
/** A message should not wake anyone. */
const fromHour = 9

type ReminderServices = Ledger & Pick<Services, 'outbox'>

/**
 * Tells members 30 and 7 days before points of theirs expire: once for each date and lead, whatever runs twice.
 * @returns how many reminders it sent.
 */
export async function remindExpiring(services: ReminderServices): Promise<number> {
  let sent = 0
  await onceADay(services, { name: 'points.remind', fromHour }, async (today) => {
    for (const leadDays of leadsDays) {
      const last = addDays(today, leadDays)
      const expiring = LotModel.aggregate<{ _id: { memberId: string; expiresOn: string }; points: number }>([
        {
          $match: {
            remaining: { $gt: 0 },
            expiresOn: { $gt: addDays(last, -catchUpDays), $lte: last },
          },
        },
        {
          $group: {
            _id: { memberId: '$memberId', expiresOn: '$expiresOn' },
            points: { $sum: '$remaining' },
          },
        },
      ]).cursor({ batchSize: 500 })
      for await (const { _id, points } of expiring) {
        sent += await remind(services, { ..._id, points, leadDays })
      }
    }
  })
  return sent
}

async function remind(
  services: ReminderServices,
  reminder: { memberId: string; expiresOn: BusinessDate; points: number; leadDays: number },
): Promise<0 | 1> {
  const { memberId, expiresOn, leadDays } = reminder
  const _id = `${memberId}|${expiresOn}|${leadDays}`
  if (await PointsReminderModel.exists({ _id })) return 0
  try {
    await inTransaction(async () => {
      await PointsReminderModel.insertMany([{ _id, sentAt: services.clock.now() }])
      await services.outbox.publish('points.expiring', { ...reminder })
    })
    return 1
  } catch (error) {
    if (isDuplicateKey(error)) return 0
    throw error
  }
}
