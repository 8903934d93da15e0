import { DomainError } from '../../kernel/errors'

/** `not_sent`: no connection was made. `no_answer`: sent, but nothing usable came back. `refused`: the provider said no. */
type FailureKind = 'not_sent' | 'no_answer' | 'refused'

/** What went wrong with one message, for the log: never the provider's own words, which may quote the number. */
export class SmsFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly reason: string,
  ) {
    super(`SMS ${kind}: ${reason}`)
    this.name = 'SmsFailure'
  }
}

/** Whether a message may be on its way although sending it failed. */
export const mayHaveBeenSent = (error: unknown): boolean => {
  const failure = error instanceof DomainError ? error.cause : error
  return failure instanceof SmsFailure && failure.kind === 'no_answer'
}
