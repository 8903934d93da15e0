import type { z } from 'zod'
import type { setCheckInReminder as contract } from '#shared/contracts/check-ins'
import { limits } from '#shared/domain/limits'
import type { Services } from '../../../platform/services'
import { requireOpenMember } from '../../members'
import { CheckInReminderModel } from '../check-in-reminder.model'

interface Reminder {
  isOn: boolean
  wechatLeft: number
  templateId: string | null
}

/** Whether a member is reminded, and how often WeChat still takes a message for him. */
export async function findReminder(
  { templates }: Pick<Services, 'templates'>,
  memberId: string,
): Promise<Reminder> {
  const found = await CheckInReminderModel.findById(memberId).lean()
  return {
    isOn: found?.isOn ?? false,
    wechatLeft: found?.consents ?? 0,
    templateId: templates.checkInReminder,
  }
}

/**
 * Switches a member's reminder, and counts a consent that he has just given in WeChat. Should one be counted twice, WeChat
 * itself says at the send that none is left.
 * @throws `member.closed`
 */
export async function setReminder(
  services: Pick<Services, 'templates'>,
  memberId: string,
  { isOn, hasConsented }: z.output<typeof contract.body>,
): Promise<z.input<typeof contract.response>> {
  await requireOpenMember(memberId)
  await CheckInReminderModel.updateOne(
    { _id: memberId },
    { $set: { isOn }, $setOnInsert: { consents: 0, doneOn: '' } },
    { upsert: true },
  )
  if (hasConsented && services.templates.checkInReminder !== null)
    await CheckInReminderModel.updateOne(
      { _id: memberId, consents: { $lt: limits.reminderConsents } },
      { $inc: { consents: 1 } },
    )
  const { wechatLeft } = await findReminder(services, memberId)
  return { isOn, wechatLeft }
}

/** Forgets the reminder of a member who leaves, in the caller's transaction. */
export async function eraseReminder(memberId: string): Promise<void> {
  await CheckInReminderModel.deleteOne({ _id: memberId })
}
