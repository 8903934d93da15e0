import { limits } from '#shared/domain/limits'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const article = { section: '积分', question: '积分怎么来？', answer: '签到就有。' }
const create = async (overrides: object = {}): Promise<Json> =>
  (await api.make.admin('POST', '/api/admin/help-articles', { ...article, ...overrides })).article
const read = async () => success(await api.send('GET', '/api/member/help'))
const questions = async (): Promise<string[]> => (await read()).items.map(({ question }: Json) => question)

test('everybody reads what is published, in its order; what is new comes last', async () => {
  const first = await create({ question: '一？' })
  const second = await create({ question: '二？' })
  const hidden = await create({ question: '藏？', isPublished: false })
  expect(await questions()).toEqual(['一？', '二？'])
  await api.make.admin('PATCH', `/api/admin/help-articles/${second.id}`, { sortOrder: 0 })
  await api.make.admin('PATCH', `/api/admin/help-articles/${hidden.id}`, { isPublished: true })
  expect(await questions()).toEqual(['二？', '一？', '藏？'])
  for (const { id } of [first, second, hidden])
    expect((await send('DELETE', `/api/admin/help-articles/${id}`)).status).toBe(204)
  expect(await questions()).toEqual([])
})

const send = async (method: string, path: string, body?: object) =>
  api.send(method, path, { token: await api.make.adminToken(), body })

test('a change names what stood before, a removal keeps the text in the log', async () => {
  const { id } = await create()
  await api.make.admin('PATCH', `/api/admin/help-articles/${id}`, { answer: '签到、消费都有。' })
  await send('DELETE', `/api/admin/help-articles/${id}`)
  const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}`)
  expect(items).toMatchObject([
    { operation: 'admin.help.delete', before: { answer: '签到、消费都有。' }, after: null },
    {
      operation: 'admin.help.update',
      before: { answer: '签到就有。' },
      after: { answer: '签到、消费都有。' },
    },
    { operation: 'admin.help.create', before: null },
  ])
  refusal(
    await send('PATCH', `/api/admin/help-articles/${id}`, { answer: '晚了' }),
    404,
    'resource.not_found',
  )
  refusal(await send('DELETE', `/api/admin/help-articles/${id}`), 404, 'resource.not_found')
})

test.each([
  [{ question: '' }],
  [{ answer: '长'.repeat(limits.textCharacters + 1) }],
  [{ section: '长'.repeat(limits.helpSectionCharacters + 1) }],
  [{ sortOrder: -1 }],
  [{ html: '<b>' }],
])('%j is refused', async (wrong) => {
  refusal(await send('POST', '/api/admin/help-articles', { ...article, ...wrong }), 400, 'request.invalid')
})

test('the contact is what an admin says, or nothing', async () => {
  expect((await read()).contact).toEqual({ phone: null, hours: null, note: null })
  const contact = { phone: '021-5555 0100', hours: '每天 09:00–21:00', note: null }
  await api.make.admin('PUT', '/api/admin/help-contact', contact)
  expect((await read()).contact).toEqual(contact)
  refusal(
    await send('PUT', '/api/admin/help-contact', { ...contact, phone: '打给我' }),
    400,
    'request.invalid',
  )
})

test('the list of admins pages without repeats', async () => {
  const made = [await create(), await create(), await create()]
  const first = await api.make.admin('GET', '/api/admin/help-articles?limit=2')
  const second = await api.make.admin('GET', `/api/admin/help-articles?limit=2&cursor=${first.nextCursor}`)
  const ids = [...first.items, ...second.items].map(({ id }: Json) => id)
  expect(ids).toEqual(made.map(({ id }) => id))
  for (const { id } of made) await send('DELETE', `/api/admin/help-articles/${id}`)
})

test('there are at most 100, whatever is sent at once', async () => {
  const answers: number[] = []
  for (let batch = 0; batch < 11; batch += 1) {
    const made = await Promise.all(
      Array.from({ length: 10 }, () => send('POST', '/api/admin/help-articles', article)),
    )
    answers.push(...made.map(({ status }) => status))
  }
  expect(answers.filter((status) => status === 201)).toHaveLength(limits.helpArticles)
  expect((await read()).items).toHaveLength(limits.helpArticles)
  refusal(await send('POST', '/api/admin/help-articles', article), 409, 'help.limit_reached')
})
