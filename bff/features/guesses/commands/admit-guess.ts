import { DomainError } from '../../../kernel/errors'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { isDuplicateKey } from '../../../platform/mongo/transaction'
import { GuessCountModel } from '../guess-count.model'
import { type GuessCounter, type GuessRule, waitAfter } from '../guesses.rules'

/** A guess that is counted already and may be looked at now. */
export interface Admission {
  counter: GuessCounter
  wrong: number
  nextAt: Date
}

/** A loser of one round finds the next guess's time moved on and is refused; more rounds only come with give-backs. */
const roundsMax = 5

/**
 * Counts a guess before it is looked at, so that of a burst no more are looked at than the rule lets. Each step is one
 * conditional write in MongoDB: it holds for all processes together, and with Redis gone.
 * @throws `rate.limited` with when to try again
 */
export async function admitGuess(now: Date, counter: GuessCounter): Promise<Admission> {
  for (let round = 0; round < roundsMax; round += 1) {
    const admission = (await admitFree(now, counter)) ?? (await admitInTurn(now, counter))
    if (admission) return admission
  }
  throw tooMany(1_000)
}

/** A guess that turned out wrong is remembered from now on; a right one leaves alone when the wrong ones are forgotten. */
export async function rememberWrong(now: Date, { counter: { id, rule } }: Admission): Promise<void> {
  await GuessCountModel.updateOne({ _id: id }, { $max: { forgottenAt: forgottenAt(now, rule) } })
}

/** Takes a guess back that was right, or never looked at. */
export async function takeBack(now: Date, { counter: { id }, nextAt }: Admission): Promise<void> {
  await GuessCountModel.updateOne({ _id: id, wrong: { $gt: 0 } }, { $inc: { wrong: -1 } })
  // Unless a wrong one has made others wait meanwhile.
  await GuessCountModel.updateOne({ _id: id, nextAt }, { $set: { nextAt: now } })
}

const forgottenAt = (now: Date, { forgetMs }: GuessRule) => new Date(now.getTime() + forgetMs)
const nextAtOf = (now: Date, rule: GuessRule, wrong: number) =>
  new Date(now.getTime() + waitAfter(rule, wrong))

/** All but the last free guess need no turn: one increment, however many come at once. */
async function admitFree(now: Date, counter: GuessCounter): Promise<Admission | null> {
  const { id, rule } = counter
  const counted = await GuessCountModel.findOneAndUpdate(
    { _id: id, forgottenAt: { $gt: now }, nextAt: { $lte: now }, wrong: { $lt: rule.freeGuesses - 1 } },
    { $inc: { wrong: 1 } },
    { returnDocument: 'after' },
  ).lean()
  return counted && { counter, wrong: counted.wrong, nextAt: counted.nextAt }
}

/** Null when another guess was faster: then look again. */
async function admitInTurn(now: Date, counter: GuessCounter): Promise<Admission | null> {
  const { id, rule } = counter
  const count = await GuessCountModel.findById(id).lean()
  if (!count) return begin(now, counter)
  const isForgotten = count.forgottenAt <= now
  if (!isForgotten && count.nextAt > now) throw tooMany(count.nextAt.getTime() - now.getTime())
  const wrong = isForgotten ? 1 : count.wrong + 1
  if (!isForgotten && wrong < rule.freeGuesses) return null
  const nextAt = nextAtOf(now, rule, wrong)
  const counted = await GuessCountModel.updateOne(
    { _id: id, wrong: count.wrong, nextAt: count.nextAt, forgottenAt: count.forgottenAt },
    { $set: { wrong, nextAt, forgottenAt: isForgotten ? forgottenAt(now, rule) : count.forgottenAt } },
  )
  return counted.matchedCount === 1 ? { counter, wrong, nextAt } : null
}

async function begin(now: Date, counter: GuessCounter): Promise<Admission | null> {
  const { id, rule } = counter
  const nextAt = nextAtOf(now, rule, 1)
  try {
    await insertWhole(GuessCountModel, [{ _id: id, wrong: 1, nextAt, forgottenAt: forgottenAt(now, rule) }])
    return { counter, wrong: 1, nextAt }
  } catch (error) {
    if (isDuplicateKey(error)) return null
    throw error
  }
}

function tooMany(waitMs: number): DomainError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
  const wait = seconds < 60 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`
  return new DomainError('rate.limited', {
    message: `错得太多了，请 ${wait}后再试`,
    retryAfterSeconds: seconds,
  })
}
