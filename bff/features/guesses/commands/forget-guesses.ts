import type { Services } from '../../../platform/services'
import { GuessCountModel } from '../guess-count.model'
import { counterIdOf, type Guess } from '../guesses.rules'

/** Lets a person whose secret was set anew in at once, whatever was guessed at the old one. */
export async function forgetGuesses(
  services: Pick<Services, 'codeKeys'>,
  { secret, who }: Pick<Guess, 'secret' | 'who'>,
): Promise<void> {
  await GuessCountModel.deleteOne({ _id: counterIdOf(services, secret, 'who', who) })
}
