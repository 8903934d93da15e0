import { z } from 'zod'
import { defineContract } from './contract'

/** Who may be signed in as in the demo. Not a part of the product: only the demo mounts it. */
export const demoSignIns = defineContract({
  id: 'demo.sign-ins',
  method: 'GET',
  path: '/api/demo/sign-ins',
  actor: 'public',
  summary: '演示里可以登录成谁',
  status: 200,
  response: z.object({
    members: z.array(
      z.object({ code: z.string(), nick: z.string(), avatarUrl: z.string().nullable(), note: z.string() }),
    ),
    staff: z.array(z.object({ code: z.string(), name: z.string(), storeName: z.string() })),
  }),
})

/** What would be on the member's phone. Only the demo, which sends to no real one, mounts it. */
export const demoMessage = defineContract({
  id: 'demo.message',
  method: 'GET',
  path: '/api/demo/messages/last',
  actor: 'public',
  summary: '演示里手机收到的最后一条短信',
  query: z.object({ phoneMasked: z.string().max(20) }),
  status: 200,
  response: z.object({ text: z.string().nullable() }),
})
