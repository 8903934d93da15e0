import pLimit from 'p-limit'
import { DomainError } from '../kernel/errors'

/** Runs one piece of work after the other. @throws `service.busy` when too many wait already */
export type BoundedLane = <T>(work: () => Promise<T>) => Promise<T>

/**
 * A lane for work that would take threads or a core from everybody's requests: one piece at a time in a process, and a
 * bounded number waits.
 */
export function createBoundedLane({ waitingMax }: { waitingMax: number }): BoundedLane {
  const lane = pLimit(1)
  return async (work) => {
    if (lane.activeCount + lane.pendingCount > waitingMax)
      throw new DomainError('service.busy', { retryAfterSeconds: 2 })
    return lane(work)
  }
}
