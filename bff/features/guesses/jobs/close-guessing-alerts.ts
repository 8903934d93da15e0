import type { Services } from '../../../platform/services'
import { closeAlerts, listOpenSubjects } from '../../alerts'
import { GuessCountModel } from '../guess-count.model'

/** Closes the alerts of what nobody has guessed at for so long that it is forgotten. Safe to run twice and anywhere. */
export async function closeGuessingAlerts({ clock }: Pick<Services, 'clock'>): Promise<void> {
  const open = await listOpenSubjects('secret.guessing')
  if (open.length === 0) return
  const going = await GuessCountModel.find({ _id: { $in: open }, forgottenAt: { $gt: clock.now() } })
    .select('_id')
    .lean()
  const still = new Set(going.map(({ _id }) => _id))
  const subjectIds = open.filter((id) => !still.has(id))
  if (subjectIds.length > 0) await closeAlerts(clock, { kind: 'secret.guessing', subjectIds })
}
