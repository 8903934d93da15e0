import { advanceClock } from '#shared/contracts/test-clock'
import type { AdjustableClock } from '../../kernel/clock'
import { adminWith, type Route, route } from '../../platform/route'

/** Lets tests and demos move time on; mounted only with the test setting, which production refuses. */
export const createTestClockRoutes = (clock: AdjustableClock): Route[] => [
  route(advanceClock, adminWith('operator'), async ({ body }) => ({
    now: clock.advance(body.advanceMs).toISOString(),
  })),
]
