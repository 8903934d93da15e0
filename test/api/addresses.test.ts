import type { Json } from '#test/support/client'
import { many } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

const api = startApi()
const path = '/api/member/addresses'
const input = {
  name: '小满',
  phone: '13800138000',
  region: ['上海市', '上海市', '静安区'],
  detail: '愚园路 1 号',
}
const list = async (token: string): Promise<Json[]> => success(await api.send('GET', path, { token })).items

test('the first address is the default, a new default replaces it and comes first', async () => {
  const { token } = await api.make.member()
  const first = success(await api.send('POST', path, { token, body: input }), 201).address
  expect(first).toMatchObject({ ...input, isDefault: true })
  const body = { ...input, name: '大满', isDefault: true }
  const second = success(await api.send('POST', path, { token, body }), 201).address
  expect((await list(token)).map(({ id, isDefault }) => [id, isDefault])).toEqual([
    [second.id, true],
    [first.id, false],
  ])
})

test('an address is changed and deleted', async () => {
  const { token } = await api.make.member()
  const { id } = await api.make.address(token)
  const body = { ...input, detail: '武定路 2 号', isDefault: true }
  const changed = success(await api.send('PUT', `${path}/${id}`, { token, body })).address
  expect(changed).toEqual({ ...body, id })
  success(await api.send('DELETE', `${path}/${id}`, { token }), 204)
  expect(await list(token)).toEqual([])
  refusal(await api.send('DELETE', `${path}/${id}`, { token }), 404, 'resource.not_found')
})

test("another member's address can be neither changed nor deleted", async () => {
  const { token } = await api.make.member()
  const { id } = await api.make.address(token)
  const other = await api.make.member()
  const changed = await api.send('PUT', `${path}/${id}`, { token: other.token, body: input })
  refusal(changed, 404, 'resource.not_found')
  refusal(await api.send('DELETE', `${path}/${id}`, { token: other.token }), 404, 'resource.not_found')
  expect(await list(other.token)).toEqual([])
  expect(await list(token)).toHaveLength(1)
})

test('a member keeps 20 addresses at most', async () => {
  const { token } = await api.make.member()
  for (let count = 1; count <= 20; count += 1) await api.make.address(token)
  refusal(await api.send('POST', path, { token, body: input }), 409, 'address.limit_reached')
  expect(await list(token)).toHaveLength(20)
})

test('of several defaults sent at once one remains', async () => {
  const { token } = await api.make.member()
  const body = { ...input, isDefault: true }
  await many(6, () => api.send('POST', path, { token, body }))
  expect((await list(token)).filter(({ isDefault }) => isDefault)).toHaveLength(1)
})

test.each([
  ['phone', '12345678901'],
  ['phone', '1380013800'],
  ['region', ['上海市', '静安区']],
  ['region', ['上海市', '', '静安区']],
  ['detail', '  '],
  ['detail', '长'.repeat(101)],
  ['name', null],
  ['isDefault', 'yes'],
])('%s %j is refused and named', async (field, value) => {
  const { token } = await api.make.member()
  const answer = await api.send('POST', path, { token, body: { ...input, [field]: value } })
  expect(refusal(answer, 400, 'request.invalid').details.issues[0].path).toMatch(`body.${field}`)
})
