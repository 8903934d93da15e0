import { z } from 'zod'
import { defineContract, identifier, idParams, nothing, text } from './contract'

export const addressInput = z.object({
  name: text(20),
  phone: z
    .string()
    .trim()
    .regex(/^1[3-9]\d{9}$/, '请填 11 位手机号'),
  region: z.tuple([text(20), text(20), text(20)]).describe('省、市、区'),
  detail: text(100),
  isDefault: z.boolean().default(false),
})

export const address = addressInput.extend({ id: identifier, isDefault: z.boolean() })

const path = '/api/member/addresses'

export const listAddresses = defineContract({
  id: 'address.list',
  method: 'GET',
  path,
  actor: 'member',
  summary: '收货地址，默认的在前',
  status: 200,
  response: z.object({ items: z.array(address), nextCursor: z.null() }),
})

export const createAddress = defineContract({
  id: 'address.create',
  method: 'POST',
  path,
  actor: 'member',
  summary: '新增地址',
  body: addressInput,
  status: 201,
  response: z.object({ address }),
  errors: ['address.limit_reached'],
})

export const updateAddress = defineContract({
  id: 'address.update',
  method: 'PUT',
  path: `${path}/:id`,
  actor: 'member',
  summary: '修改地址',
  params: idParams,
  body: addressInput,
  status: 200,
  response: z.object({ address }),
})

export const deleteAddress = defineContract({
  id: 'address.delete',
  method: 'DELETE',
  path: `${path}/:id`,
  actor: 'member',
  summary: '删除地址；已下的订单不受影响',
  params: idParams,
  status: 204,
  response: nothing,
})
