/** Where time comes from. Nothing in Jili reads the system clock but through this. */
export interface Clock {
  now(): Date
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that runs with another one but can be moved forward; for tests and demos. */
export interface AdjustableClock extends Clock {
  /** Moves the clock forward by `advanceMs` and returns the new time. */
  advance(advanceMs: number): Date
}

export function createAdjustableClock(base: Clock = systemClock): AdjustableClock {
  let offsetMs = 0
  const now = () => new Date(base.now().getTime() + offsetMs)
  return {
    now,
    advance(advanceMs) {
      offsetMs += advanceMs
      return now()
    },
  }
}
