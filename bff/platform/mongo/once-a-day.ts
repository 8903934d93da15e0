import type { BusinessDate } from '#shared/domain/business-date'
import type { BusinessCalendar } from '../../kernel/business-calendar'
import type { Clock } from '../../kernel/clock'
import { DailyRunModel } from './daily-run.model'

const hourMs = 3_600_000

/**
 * Runs `work` once a business date, from `fromHour` of the business day on; again when it failed. What is done is
 * kept in MongoDB, so a lost Redis or a restart neither skips nor repeats a day; `work` must be safe to run twice
 * all the same. Call it often.
 * @returns whether it ran.
 */
export async function onceADay(
  { clock, calendar }: { clock: Clock; calendar: BusinessCalendar },
  job: { name: string; fromHour: number },
  work: (today: BusinessDate) => Promise<unknown>,
): Promise<boolean> {
  const now = clock.now()
  const today = calendar.dateOf(now)
  if (now.getTime() < calendar.startOf(today).getTime() + job.fromHour * hourMs) return false
  const last = await DailyRunModel.findById(job.name).lean()
  if (last && last.doneOn >= today) return false
  await work(today)
  await DailyRunModel.updateOne({ _id: job.name }, { $set: { doneOn: today } }, { upsert: true })
  return true
}
