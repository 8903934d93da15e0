import { z } from 'zod'
import { defineContract, identifier, instant, pageOf, pageQuery } from './contract'

export const listMessages = defineContract({
  id: 'inbox.list',
  method: 'GET',
  path: '/api/member/inbox',
  actor: 'member',
  summary: '消息，新的在前',
  query: pageQuery,
  status: 200,
  response: pageOf(
    z.object({
      id: identifier,
      title: z.string(),
      body: z.string(),
      orderId: identifier.nullable(),
      giftId: identifier.nullable().describe('与订单无关的礼品消息，指向礼品'),
      taskId: identifier.nullable().describe('任务的消息，指向任务'),
      isRead: z.boolean(),
      occurredAt: instant,
    }),
  ).extend({ unread: z.int() }),
})

export const readAllMessages = defineContract({
  id: 'inbox.read-all',
  method: 'POST',
  path: '/api/member/inbox/read',
  actor: 'member',
  summary: '全部设为已读',
  status: 200,
  response: z.object({ unread: z.literal(0) }),
})
