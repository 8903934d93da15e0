import { z } from 'zod'
import { defineContract, identifier, idParams, pageOf, pageQuery, pictureUrl, text } from './contract'

export const store = z.object({
  id: identifier,
  name: z.string(),
  address: z.string(),
  hours: z.string().describe('营业时间'),
  phone: z.string().nullable(),
  pictureUrl: pictureUrl.nullable(),
})

export const storeInput = z.object({
  name: text(30),
  address: text(120),
  hours: text(60),
  phone: text(20).optional(),
  pictureUrl: pictureUrl.optional(),
})

export const listStores = defineContract({
  id: 'store.list',
  method: 'GET',
  path: '/api/member/stores',
  actor: 'public',
  summary: '门店列表',
  query: pageQuery,
  status: 200,
  response: pageOf(store),
})

export const createStore = defineContract({
  id: 'admin.stores.create',
  method: 'POST',
  path: '/api/admin/stores',
  actor: 'admin',
  summary: '新建门店',
  body: storeInput,
  status: 201,
  response: z.object({ store }),
})

export const updateStore = defineContract({
  id: 'admin.stores.update',
  method: 'PATCH',
  path: '/api/admin/stores/:id',
  actor: 'admin',
  summary: '修改门店',
  params: idParams,
  body: storeInput.partial(),
  status: 200,
  response: z.object({ store }),
})

export const listAdminStores = defineContract({
  id: 'admin.stores.list',
  method: 'GET',
  path: '/api/admin/stores',
  actor: 'admin',
  summary: '门店列表',
  query: pageQuery,
  status: 200,
  response: pageOf(store),
})
