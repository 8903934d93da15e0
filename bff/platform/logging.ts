import { type DestinationStream, pino } from 'pino'

/** Everything that a log line may say; a new kind of fact is added here, with what it may hold. */
export interface LogFields {
  err?: unknown
  /** Made by us, or given by the client in the same form. */
  requestId?: string
  method?: string
  /** The route's pattern, never a path or query as it was sent. */
  route?: string
  status?: number
  elapsedMs?: number
  isUp?: boolean
  /** Ids and names of ours. */
  event?: string
  consumer?: string
  job?: string
  code?: string
  left?: number
  differences?: readonly LoggedDifference[]
}

interface LoggedDifference {
  memberId: string | null
  check: string
}

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal'
export type Logger = Record<Level, (fields: LogFields, message: string) => void>

type Serialise = (value: unknown) => unknown

const scalar: Serialise = (value) =>
  typeof value === 'number' || typeof value === 'boolean' ? value : String(value).slice(0, 200)

/** The list that is allowed; a field that is not in it is left out, whoever logs it. */
const serialisers: Record<keyof LogFields, Serialise> = {
  err: describeError,
  requestId: scalar,
  method: scalar,
  route: scalar,
  status: scalar,
  elapsedMs: scalar,
  isUp: scalar,
  event: scalar,
  consumer: scalar,
  job: scalar,
  code: scalar,
  left: scalar,
  differences: (value) =>
    (value as readonly LoggedDifference[]).map(({ memberId, check }) => ({
      memberId: memberId && scalar(memberId),
      check: scalar(check),
    })),
}

const keepNamed = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(serialisers)
      .filter(([name]) => fields[name] !== undefined)
      .map(([name, serialise]) => [name, serialise(fields[name])]),
  )

/**
 * Structured logs, one JSON object a line. What identifies or admits a person cannot be in them: only named fields get
 * through, and of an error its name, its code, where it came from, and its message with every value taken out.
 */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    // What is written under `err` is described already; pino would describe it again, with all that hangs on it.
    { level, formatters: { log: keepNamed }, serializers: { err: (value) => value } },
    destination ?? pino.destination(1),
  )

interface DescribedError {
  name: string
  message: string
  code?: string | number
  stack: string[]
  cause?: DescribedError
}

const causesAtMost = 3
const framesAtMost = 20

function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error, message: '', stack: [] }
  const { code } = error as { code?: unknown }
  return {
    name: isName(error.name) ? error.name : 'Error',
    message: withoutValues(error.message),
    ...(isCode(code) ? { code } : {}),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < causesAtMost
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  }
}

/** Names are words of programmers, codes too, or short numbers; nobody's number is as short. */
const isName = (text: unknown): text is string =>
  typeof text === 'string' && /^[A-Za-z][A-Za-z_.]{0,60}$/.test(text)
const isCode = (code: unknown): code is string | number =>
  typeof code === 'number' ? Math.abs(code) < 100_000 : isName(code)

/** Lines that name a function and a file; the message, which stands before them, may hold anything. */
function framesOf({ stack = '', message }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length).split('\n')
  return frames
    .filter((line) => framePattern.test(line))
    .slice(0, framesAtMost)
    .map((line) => line.trim())
}
const framePattern = /^ {4}at (?:async )?(?:[\w$.<>[\] ]+ \()?(?:file:\/\/|node:|\/)[\w./@+-]+:\d+:\d+\)?$/

/**
 * A message with what it quotes taken out. Errors of drivers, parsers and checks quote what they were given, such as a
 * phone number that was there already, so everything that can be a value goes: quotations, braces, addresses, and words
 * that are no words.
 */
function withoutValues(message: string): string {
  return message
    .slice(0, 2_000)
    .replace(/\{[\s\S]*\}|\[[\s\S]*\]/g, '…')
    .replace(/\w+:\/\/\S+/g, '…')
    .replace(/"[^"]*"?|`[^`]*`?|“[^”]*”?|(?<![A-Za-z])'[^']*'?/g, '…')
    .replace(/[\w+/=-]+/g, (word) => (isValue(word) ? '…' : word))
    .slice(0, 300)
}

/** Four digits running are a number of somebody's; a long word with a digit, or one of 24 letters, a key or token. */
const isValue = (word: string): boolean =>
  /\d{4}/.test(word.replace(/^[A-Z]\d{5}$/, '')) || (word.length >= 8 && /\d/.test(word)) || word.length >= 24
