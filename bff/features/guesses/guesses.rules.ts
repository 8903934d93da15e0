import { subnetOf } from '../../kernel/network-of'
import { hmacSha256 } from '../../kernel/secrets'
import type { Services } from '../../platform/services'

/** How many wrong guesses are free, and how the waits grow after them: each twice the one before. */
export interface GuessRule {
  freeGuesses: number
  firstWaitMs: number
  longestWaitMs: number
  /** So long without a wrong guess, and it begins anew. */
  forgetMs: number
}

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** A network may hold an office or a shop, so it has more free guesses than one person. */
const secrets = {
  'admin-password': {
    name: '管理员密码',
    who: {
      freeGuesses: 5,
      firstWaitMs: 5 * secondMs,
      longestWaitMs: 15 * minuteMs,
      forgetMs: 24 * hourMs,
    },
    network: {
      freeGuesses: 30,
      firstWaitMs: 5 * secondMs,
      longestWaitMs: 15 * minuteMs,
      forgetMs: 24 * hourMs,
    },
  },
  'redemption-code': {
    name: '兑换码',
    who: {
      freeGuesses: 10,
      firstWaitMs: 10 * secondMs,
      longestWaitMs: 15 * minuteMs,
      forgetMs: 10 * minuteMs,
    },
    network: {
      freeGuesses: 60,
      firstWaitMs: 10 * secondMs,
      longestWaitMs: 15 * minuteMs,
      forgetMs: 10 * minuteMs,
    },
  },
  'verification-code': {
    name: '短信验证码',
    who: { freeGuesses: 10, firstWaitMs: minuteMs, longestWaitMs: hourMs, forgetMs: 24 * hourMs },
    network: {
      freeGuesses: 60,
      firstWaitMs: 10 * secondMs,
      longestWaitMs: 15 * minuteMs,
      forgetMs: 24 * hourMs,
    },
  },
} as const satisfies Record<string, { name: string; who: GuessRule; network: GuessRule }>

export interface Guess {
  secret: keyof typeof secrets
  /** Whose secret is guessed at, or who guesses: an admin's name, a staff member, a member. */
  who: string
  /** What an alert calls it. */
  label: string
  clientAddress: string
  /** A device or session that has proved itself before: its wrong guesses are counted apart, and it waits for no others. */
  knownDevice?: string | null
}

export interface GuessCounter {
  id: string
  rule: GuessRule
  /** What an alert says when there are many. */
  messageOf: (wrong: number) => string
}

type Scope = 'who' | 'network' | 'device'

/** The id of a counter: names and networks are not kept. */
export const counterIdOf = (
  { codeKeys }: Pick<Services, 'codeKeys'>,
  secret: Guess['secret'],
  scope: Scope,
  whom: string,
): string => `${secret}:${scope}:${hmacSha256(codeKeys.lookup, `guess:${whom}`).slice(0, 22)}`

/** The counters that a guess has to pass: the device's own, or the network's and the person's. */
export function countersOf(services: Pick<Services, 'codeKeys'>, guess: Guess): GuessCounter[] {
  const { secret, who, label, clientAddress, knownDevice } = guess
  const { name, ...rules } = secrets[secret]
  const idOf = (scope: Scope, whom: string) => counterIdOf(services, secret, scope, whom)
  const messageOf = (wrong: number) => `有人在猜${label}，已经错了 ${wrong} 次`
  if (knownDevice) return [{ id: idOf('device', knownDevice), rule: rules.who, messageOf }]
  const network = subnetOf(clientAddress)
  return [
    {
      id: idOf('network', network),
      rule: rules.network,
      messageOf: (wrong) => `网络 ${network} 在猜${name}，已经错了 ${wrong} 次`,
    },
    { id: idOf('who', who), rule: rules.who, messageOf },
  ]
}

/** How long the next guess waits after so many wrong ones. */
export function waitAfter({ freeGuesses, firstWaitMs, longestWaitMs }: GuessRule, wrong: number): number {
  if (wrong < freeGuesses) return 0
  // Beyond 30 doublings every wait is the longest.
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(30, wrong - freeGuesses))
}

/** Whether so many wrong guesses are more than mistakes. */
export const isAlarming = ({ freeGuesses }: GuessRule, wrong: number): boolean => wrong >= 2 * freeGuesses
