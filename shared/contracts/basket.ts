import { z } from 'zod'
import { limits } from '../domain/limits'
import { defineContract, identifier, nothing } from './contract'
import { redeemObstacle } from './gift-rules'
import { giftCard } from './gifts'
import { store } from './stores'

export const basketLine = z.object({
  giftId: identifier,
  skuId: identifier.optional(),
  quantity: z.int().min(1).max(limits.quantityPerItem),
})

export const basket = z.object({
  items: z.array(
    z.object({
      giftId: identifier,
      skuId: identifier.nullable(),
      skuName: z.string().nullable(),
      quantity: z.int(),
      gift: giftCard.omit({ eligibility: true }).describe('pricePoints 是现在的单价'),
      stock: z.int().describe('这个规格还剩多少件；按门店备货时为最多的那家门店'),
      obstacles: z.array(redeemObstacle).describe('这一件现在不能换的全部原因'),
    }),
  ),
  stores: z
    .array(store.extend({ canServe: z.boolean().describe('整个礼品篮都能在这家门店换齐') }))
    .describe('有按门店备货的礼品、要选门店时，可去的门店；其余为空'),
  totalPoints: z.int(),
  obstacles: z.array(redeemObstacle).describe('整单不能换的原因，如积分不足、领取方式不同'),
  canOrder: z.boolean(),
  revision: z.int().describe('每次改动加一；改的时候带上，就不会盖掉另一部手机的改动'),
})

export const readBasket = defineContract({
  id: 'basket.read',
  method: 'GET',
  path: '/api/member/basket',
  actor: 'member',
  summary: '礼品篮：现在的价格、库存与能不能换',
  status: 200,
  response: z.object({ basket }),
})

export const saveBasket = defineContract({
  id: 'basket.save',
  method: 'PUT',
  path: '/api/member/basket',
  actor: 'member',
  summary: '保存整个礼品篮',
  body: z.object({
    items: z.array(basketLine).max(limits.basketLines),
    revision: z.int().min(0).max(limits.versionMax).optional().describe('读到的 revision；不同就拒绝'),
  }),
  status: 200,
  response: z.object({ basket }),
  errors: ['resource.conflict', 'resource.not_found'],
})

export const clearBasket = defineContract({
  id: 'basket.clear',
  method: 'DELETE',
  path: '/api/member/basket',
  actor: 'member',
  summary: '清空礼品篮',
  status: 204,
  response: nothing,
})
