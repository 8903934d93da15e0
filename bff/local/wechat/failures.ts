import { z } from 'zod'

/** What to answer instead, or how long to wait before answering, for the next `times` requests of a path. */
export const failureSchema = z.object({
  path: z.string().startsWith('/'),
  errcode: z.number().int().optional(),
  httpStatus: z.number().int().min(400).max(599).optional(),
  delayMs: z.number().int().min(1).max(600_000).optional(),
  times: z.number().int().min(1).max(10_000).default(1),
})
export type Failure = z.input<typeof failureSchema>

export interface Failures {
  ask(failure: Failure): void
  /** The failure that the next request of this path is to meet; spent by being taken. */
  take(path: string): Failure | null
  clear(): void
}

export function createFailures(): Failures {
  let asked: z.output<typeof failureSchema>[] = []
  return {
    ask(failure) {
      asked = [...asked, failureSchema.parse(failure)].slice(-100)
    },
    take(path) {
      const failure = asked.find((candidate) => candidate.path === path)
      if (!failure) return null
      failure.times -= 1
      asked = asked.filter((candidate) => candidate.times > 0)
      return failure
    },
    clear() {
      asked = []
    },
  }
}
