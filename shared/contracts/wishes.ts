import { z } from 'zod'
import { defineContract, identifier, idParams, instant, nothing, pageOf, pageQuery } from './contract'
import { giftCard } from './gifts'

export const wish = z.object({
  gift: giftCard.omit({ eligibility: true }),
  state: z
    .enum(['open', 'sold_out', 'not_started', 'ended'])
    .describe('现在能兑换、换完了、还没开始、已经结束或下架'),
  startsAt: instant.nullable().describe('还没开始时，什么时候开始'),
  wishedAt: instant,
})

export const listWishes = defineContract({
  id: 'wish.list',
  method: 'GET',
  path: '/api/member/wishes',
  actor: 'member',
  summary: '心愿单，新加的在前',
  query: pageQuery,
  status: 200,
  response: pageOf(wish),
})

export const readWish = defineContract({
  id: 'wish.read',
  method: 'GET',
  path: '/api/member/wishes/:id',
  actor: 'member',
  summary: '这件礼品在不在我的心愿单里',
  params: idParams,
  status: 200,
  response: z.object({ isWished: z.boolean() }),
})

export const createWish = defineContract({
  id: 'wish.create',
  method: 'POST',
  path: '/api/member/wishes',
  actor: 'member',
  summary: '加到心愿单：到货、开始兑换、限时降价时告诉我；已经在的不变',
  body: z.object({ giftId: identifier }),
  status: 200,
  response: z.object({ isWished: z.literal(true) }),
  errors: ['wish.limit_reached', 'resource.not_found'],
})

export const deleteWish = defineContract({
  id: 'wish.delete',
  method: 'DELETE',
  path: '/api/member/wishes/:id',
  actor: 'member',
  summary: '从心愿单拿掉，也不再提醒',
  params: idParams,
  status: 204,
  response: nothing,
})
