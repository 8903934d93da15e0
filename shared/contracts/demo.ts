import { z } from 'zod'
import { avatarUrl, defineContract } from './contract'

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
      z.object({ code: z.string(), nick: z.string(), avatarUrl: avatarUrl.nullable(), note: z.string() }),
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

const follow = z.strictObject({
  demoId: z.string().min(1).max(64).describe('演示代码 demo- 后面的部分，例如 xiaoman'),
  isFollowing: z.boolean().default(true),
})

/** What a person would do in WeChat. Only the demo mounts it. */
export const demoFollow = defineContract({
  id: 'demo.follow',
  method: 'POST',
  path: '/api/demo/follows',
  actor: 'public',
  summary: '演示里关注或取消关注公众号',
  body: follow,
  status: 200,
  response: follow,
})
