import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { z } from 'zod'
import { requestExample } from '#bff/http/openapi'
import { createGift } from '#shared/contracts/gifts'
import { allContracts } from '#shared/contracts/index'
import { createStore } from '#shared/contracts/stores'
import { formOf, picture, upload } from '#test/support/upload'
import { refusal, startApi, success } from './setting'

/** The folder that the brand lays pictures into itself. */
const folder = mkdtempSync(join(tmpdir(), 'jili-pictures-'))
afterAll(() => rmSync(folder, { recursive: true }))
const api = startApi({ PICTURES_DIR: folder })
const keep = async (format: 'jpeg' | 'png' | 'webp') =>
  success(
    await upload(
      api.app.baseUrl,
      await api.make.adminToken(),
      formOf(await picture(format)),
      '/api/admin/pictures',
    ),
    201,
  ).picture

const foreign = [
  'https://example.com/a.webp',
  'http://example.com/pictures/a.webp',
  '//evil.example/pictures/a.webp',
  '/\\evil.example/a.webp',
  '\\\\evil.example\\a.webp',
  'data:image/png;base64,iVBORw0KGgo=',
  'javascript:alert(1)',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  'wxfile://tmp/a.webp',
  '/a.webp',
  'pictures/a.webp',
  '/pictures/',
  '/pictures/a',
  '/pictures/a.svg',
  '/pictures/a.html',
  '/pictures/../api/avatars/a.webp',
  '/pictures/..a.webp',
  '/pictures/%2e%2e/a.webp',
  '/pictures/a/b.webp',
  '/pictures//a.webp',
  '/pictures/a.webp?to=https://example.com',
  '/pictures/a.webp#b.webp',
  '/pictures/a.webp\n',
  '\u0000/pictures/a.webp',
  ' /pictures/a.webp',
  '/PICTURES/a.webp',
  `/pictures/${'a'.repeat(200)}.webp`,
  '',
]

/** Every field of a request that holds an address, by the names such fields have. */
const urlFields = allContracts.flatMap((contract) =>
  contract.body instanceof z.ZodObject
    ? Object.keys(contract.body.shape)
        .filter((field) => /urls?$/i.test(field))
        .map((field) => [contract.id, field, contract] as const)
    : [],
)

test('addresses of pictures are taken in these fields', () => {
  expect(urlFields.map(([id, field]) => `${id} ${field}`).sort()).toEqual([
    'admin.gifts.create pictureUrls',
    'admin.gifts.create thumbnailUrl',
    'admin.gifts.update pictureUrls',
    'admin.gifts.update thumbnailUrl',
    'admin.stores.create pictureUrl',
    'admin.stores.update pictureUrl',
  ])
})

test.each(urlFields)('%s refuses every address of elsewhere in %s', async (_id, field, contract) => {
  const token = await api.make.adminToken()
  for (const url of foreign) {
    const value = field.endsWith('s') ? ['/pictures/a.webp', url] : url
    const answer = await api.send(contract.method, contract.path.replace(':id', 'any'), {
      token,
      body: { ...(requestExample(contract) as object), [field]: value },
    })
    const { details, message } = refusal(answer, 400, 'request.invalid')
    expect({ url, path: details.issues[0].path }).toEqual({
      url,
      path: field.endsWith('s') ? `body.${field}.1` : `body.${field}`,
    })
    if (url.length < 100) expect(message).toContain('只能填上传图片后得到的地址')
  }
})

test('an uploaded picture that is not there is refused, for gifts and for stores, and nothing is saved', async () => {
  const token = await api.make.adminToken()
  const { url } = await keep('jpeg')
  const missing = `/pictures/${'0'.repeat(32)}.webp`
  const gift = await api.make.gift({ pictureUrls: [url] })
  const store = await api.make.store({ pictureUrl: url })
  const attempts: [string, string, object, string][] = [
    ['POST', '/api/admin/gifts', { pictureUrls: [url, missing] }, 'pictureUrls'],
    ['POST', '/api/admin/gifts', { thumbnailUrl: missing }, 'thumbnailUrl'],
    ['PATCH', `/api/admin/gifts/${gift.id}`, { name: '另一个', pictureUrls: [missing] }, 'pictureUrls'],
    ['PATCH', `/api/admin/gifts/${gift.id}`, { name: '另一个', thumbnailUrl: missing }, 'thumbnailUrl'],
    ['POST', '/api/admin/stores', { pictureUrl: missing }, 'pictureUrl'],
    ['PATCH', `/api/admin/stores/${store.id}`, { name: '另一家', pictureUrl: missing }, 'pictureUrl'],
  ]
  for (const [method, path, change, field] of attempts) {
    const isNew = method === 'POST'
    const valid = requestExample(path.includes('gifts') ? createGift : createStore) as object
    const answer = await api.send(method, path, { token, body: { ...(isNew ? valid : {}), ...change } })
    expect(refusal(answer, 400, 'request.invalid').details).toEqual({ path: field })
  }
  expect((await api.make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift).toMatchObject({
    name: '手作陶杯',
    pictureUrls: [url],
  })
})

test('lists and orders show the small copy of the first picture, and the picture that a gift chose itself', async () => {
  const [first, chosen] = [await keep('jpeg'), await keep('png')]
  const gift = await api.make.gift({ pictureUrls: [first.url], stock: 5 })
  const picky = await api.make.gift({ pictureUrls: [first.url], thumbnailUrl: chosen.url })
  const mall = async (id: string) => success(await api.send('GET', `/api/member/gifts/${id}`)).gift
  expect(await mall(gift.id)).toMatchObject({
    pictureUrl: first.url,
    thumbnailUrl: first.thumbnailUrl,
    galleryUrls: [first.url],
  })
  expect(await mall(picky.id)).toMatchObject({ thumbnailUrl: chosen.url })
  const { token } = await api.make.member({ points: 500 })
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  expect(order.items).toMatchObject([{ thumbnailUrl: first.thumbnailUrl }])
})

test('an address of elsewhere that was stored before is given to nobody, and the gift can still be edited', async () => {
  const evil = 'https://evil.example/pixel.webp'
  const own = '/pictures/mug.webp'
  const gift = await api.make.gift({ stock: 5 })
  const store = await api.make.store()
  const { token } = await api.make.member({ points: 500 })
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  const { db } = mongoose.connection
  const set = (collection: string, _id: string, fields: object) =>
    db?.collection<{ _id: string }>(collection).updateOne({ _id }, { $set: fields })
  await set('gifts', gift.id, { pictureUrls: [evil, own], thumbnailUrl: evil })
  await set('stores', store.id, { pictureUrl: evil })
  await set('orders', order.id, { 'items.0.thumbnailUrl': evil })

  const admin = await api.make.adminToken()
  const answers = await Promise.all([
    api.send('GET', `/api/member/gifts/${gift.id}`),
    api.send('GET', '/api/member/gifts?limit=100'),
    api.send('GET', '/api/member/stores?limit=100'),
    api.send('GET', `/api/member/orders/${order.id}`, { token }),
    api.send('GET', '/api/admin/orders?limit=100', { token: admin }),
    api.send('GET', `/api/admin/gifts/${gift.id}`, { token: admin }),
    api.send('GET', '/api/admin/stores?limit=100', { token: admin }),
  ])
  for (const answer of answers) expect(JSON.stringify(success(answer))).not.toContain('evil')
  expect(answers[0]?.body.gift).toMatchObject({ pictureUrl: own, thumbnailUrl: own, galleryUrls: [own] })
  await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { pricePoints: 60 })
})

test('files that the brand laid into the picture folder are taken by their name and served', async () => {
  writeFileSync(join(folder, 'cup-front@360.webp'), 'a cup')
  const url = '/pictures/cup-front@360.webp'
  const gift = await api.make.gift({ pictureUrls: [url] })
  expect(success(await api.send('GET', `/api/member/gifts/${gift.id}`)).gift).toMatchObject({
    pictureUrl: url,
    thumbnailUrl: url,
  })
  const answer = await fetch(api.app.baseUrl + url)
  expect([answer.status, await answer.text()]).toEqual([200, 'a cup'])
})
