import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { findMemberById } from '../../members'
import { readSettings } from '../../settings'
import { CheckInModel } from '../check-in.model'
import { CheckInReminderModel } from '../check-in-reminder.model'

type RemindServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'wechat' | 'templates'>

/** One run looks at this many members; the next run takes the rest. */
const membersPerRun = 2_000
const pageSize = 200
/** After so many failures in a row WeChat is left alone for the run: each costs its time-out, and a consent. */
const failuresInARow = 3
const hourMs = 3_600_000

/**
 * From the set hour on reminds members who want it and have not checked in: an inbox message once a business date, and one
 * in WeChat where a consent is left. Each member is done for the day in a transaction of his own, so it is safe to run
 * twice and anywhere, and one that was cut short goes on. A consent is counted down before its message is sent: a crash in
 * between drops that one, and none is sent twice.
 * @returns how many it reminded. @throws AggregateError at the end when members or their messages in WeChat failed; the next run takes the members again.
 */
export async function remindMembers(services: RemindServices): Promise<number> {
  const { clock, calendar } = services
  const now = clock.now()
  const today = calendar.dateOf(now)
  const { checkInReminderHour: hour } = await readSettings()
  if (now.getTime() < calendar.startOf(today).getTime() + hour * hourMs) return 0
  const failures: unknown[] = []
  let inARow = 0
  let reminded = 0
  for (let read = 0; read < membersPerRun; read += pageSize) {
    const page = await CheckInReminderModel.find({ isOn: true, doneOn: { $lt: today } })
      .sort({ doneOn: 1, _id: 1 })
      .limit(pageSize)
      .select('_id')
      .lean()
    for (const { _id: memberId } of page) {
      const mayPush = inARow < failuresInARow
      const told = await remind(services, { memberId, today, mayPush }).catch((error: unknown) => {
        failures.push(error)
        return null
      })
      if (!told) continue
      reminded += 1
      if (!told.openid) continue
      const failure = await push(services, memberId, told.openid, told.streakDays)
      inARow = failure ? inARow + 1 : 0
      if (failure) failures.push(failure)
    }
    if (page.length < pageSize) break
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} reminders failed`)
  return reminded
}

interface Told {
  streakDays: number
  /** To whom WeChat takes a message; null without a template or a consent. */
  openid: string | null
}

/** Marks a member as done for the day and writes his message; null when there is nothing to remind him of. */
const remind = (
  { outbox, templates }: RemindServices,
  { memberId, today, mayPush }: { memberId: string; today: BusinessDate; mayPush: boolean },
): Promise<Told | null> =>
  inTransaction(async () => {
    const marked = await CheckInReminderModel.updateOne(
      { _id: memberId, isOn: true, doneOn: { $lt: today } },
      { $set: { doneOn: today } },
    )
    if (marked.modifiedCount === 0) return null
    const member = await findMemberById(memberId)
    if (!member || member.closedAt || member.blockedReason !== null) return null
    const days = await CheckInModel.find({ memberId, businessDate: { $gte: addDays(today, -1) } })
      .sort({ businessDate: -1 })
      .lean()
    if (days[0]?.businessDate === today) return null
    const streakDays = days[0]?.streakDays ?? 0
    await outbox.publish('check-in.reminded', { memberId, streakDays })
    if (!mayPush || templates.checkInReminder === null) return { streakDays, openid: null }
    const taken = await CheckInReminderModel.updateOne(
      { _id: memberId, consents: { $gt: 0 } },
      { $inc: { consents: -1 } },
    )
    return { streakDays, openid: taken.modifiedCount === 1 ? member.openid : null }
  })

/** @returns what went wrong, if anything did: the message is in the inbox all the same. */
async function push(
  { wechat, templates }: RemindServices,
  memberId: string,
  openid: string,
  streakDays: number,
): Promise<unknown> {
  if (templates.checkInReminder === null) return null
  try {
    const outcome = await wechat.sendSubscribeMessage({
      openid,
      templateId: templates.checkInReminder,
      page: 'packages/check-in/calendar/index',
      values: {
        thing1: '每日签到',
        thing2: streakDays > 0 ? `再签一天就连续 ${streakDays + 1} 天` : '今天还没有签到',
      },
    })
    // The member refused, or we had counted one too many.
    if (outcome === 'not_subscribed')
      await CheckInReminderModel.updateOne({ _id: memberId }, { $set: { consents: 0 } })
    return null
  } catch (error) {
    return error
  }
}
