import type { Services } from '../../../platform/services'
import { openAlert } from '../../alerts'
import { countersOf, type Guess, isAlarming } from '../guesses.rules'
import { type Admission, admitGuess, rememberWrong, takeBack } from './admit-guess'

type GuardServices = Pick<Services, 'clock' | 'codeKeys' | 'rateLimits'>

/**
 * Looks at a guess at a secret, unless too many wrong ones came before: after some free ones each makes the next wait, ever
 * longer, for the person and for the network; a known device waits for its own only. Right ones cost nothing. Many wrong
 * ones open an alert. Call it outside a transaction, whose refusal would undo the count.
 * @throws `rate.limited` with when to try again; what `look` throws, and then the guess does not count.
 */
export async function guardGuess<T>(
  services: GuardServices,
  guess: Guess,
  look: () => Promise<{ isWrong: boolean; outcome: T }>,
): Promise<T> {
  if (!services.rateLimits.isEnabled) return (await look()).outcome
  const now = services.clock.now()
  const admissions: Admission[] = []
  let isCounted = false
  try {
    for (const counter of countersOf(services, guess)) admissions.push(await admitGuess(now, counter))
    const { isWrong, outcome } = await look()
    isCounted = isWrong
    return outcome
  } finally {
    if (isCounted) {
      for (const admission of admissions) await rememberWrong(now, admission)
      await alertOf(services, guess, admissions)
    } else for (const admission of admissions) await takeBack(now, admission)
  }
}

async function alertOf(
  { clock }: Pick<Services, 'clock'>,
  { secret }: Guess,
  admissions: readonly Admission[],
): Promise<void> {
  for (const { counter, wrong } of admissions) {
    if (!isAlarming(counter.rule, wrong)) continue
    await openAlert(clock, {
      kind: 'secret.guessing',
      subjectId: counter.id,
      message: counter.messageOf(wrong),
      details: { secret, wrong },
    })
  }
}
