import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const asOwner = async (method: string, path: string, body?: object) =>
  api.send(method, path, { token: await api.make.adminToken(), body })

describe('stores', () => {
  const input = { name: '静安店', address: '愚园路 1 号', hours: '10:00–22:00' }

  test('a new store is open to everyone, signed in or not', async () => {
    const { store } = success(await asOwner('POST', '/api/admin/stores', input), 201)
    expect(store).toMatchObject({ ...input, phone: null, pictureUrl: null })
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `/api/member/stores?limit=2${cursor && `&cursor=${cursor}`}`
      const page: Json = success(await api.send('GET', path))
      ids.push(...page.items.map(({ id }: Json) => id))
      cursor = page.nextCursor
    }
    expect(ids.filter((id) => id === store.id)).toHaveLength(1)
  })

  test('a store is changed in the fields that are sent', async () => {
    const { id } = await api.make.store()
    const { store } = success(await asOwner('PATCH', `/api/admin/stores/${id}`, { hours: '全天' }))
    expect(store).toMatchObject({ id, name: '静安店', hours: '全天' })
  })

  test('a store needs its fields, and an unknown one is not found', async () => {
    refusal(await asOwner('POST', '/api/admin/stores', { ...input, name: '' }), 400, 'request.invalid')
    refusal(await asOwner('POST', '/api/admin/stores', { name: '店' }), 400, 'request.invalid')
    refusal(await asOwner('PATCH', '/api/admin/stores/none', { name: '店' }), 404, 'resource.not_found')
  })
})

describe('staff', () => {
  test('a WeChat is bound once', async () => {
    const { openid, storeId } = await api.make.staff()
    const again = await asOwner('POST', '/api/admin/staff', { name: '阿周', openid, storeId })
    refusal(again, 409, 'resource.conflict')
  })

  test('staff need a store that exists', async () => {
    const { id } = await api.make.staff()
    const body = { name: '阿周', openid: randomUUID(), storeId: 'none' }
    refusal(await asOwner('POST', '/api/admin/staff', body), 404, 'resource.not_found')
    refusal(await asOwner('PATCH', `/api/admin/staff/${id}`, { storeId: 'none' }), 404, 'resource.not_found')
    refusal(await asOwner('PATCH', '/api/admin/staff/none', { name: '某' }), 404, 'resource.not_found')
  })

  test('staff who move to another store work there from then on', async () => {
    const { id, token } = await api.make.staff()
    const store = await api.make.store({ name: '徐汇店' })
    const { staff } = success(await asOwner('PATCH', `/api/admin/staff/${id}`, { storeId: store.id }))
    expect(staff).toMatchObject({ id, storeId: store.id, isActive: true })
    expect(success(await api.send('GET', '/api/staff/me', { token })).staff.store.id).toBe(store.id)
    const { items } = success(await asOwner('GET', '/api/admin/staff?limit=100'))
    expect(items).toContainEqual(staff)
  })
})
