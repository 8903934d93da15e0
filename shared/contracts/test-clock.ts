import { z } from 'zod'
import { defineContract, instant } from './contract'

/** Not a part of the product, so not of the published document: only tests and the demo mount it. */
export const advanceClock = defineContract({
  id: 'admin.clock.advance',
  method: 'POST',
  path: '/api/admin/clock',
  actor: 'admin',
  summary: '把时钟拨快（只在测试和演示时有）',
  body: z.object({
    advanceMs: z
      .int()
      .min(0)
      .max(10 * 366 * 86_400_000),
  }),
  status: 200,
  response: z.object({ now: instant }),
})
