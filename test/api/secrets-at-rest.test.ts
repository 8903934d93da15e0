import mongoose from 'mongoose'
import { AdminModel } from '#bff/features/admins/admin.model'
import { startApi, success } from './setting'

const api = startApi()

/** Every document of every collection as one text. */
async function readWholeDatabase(): Promise<string> {
  const database = mongoose.connection.db
  if (!database) throw new Error('not connected')
  const texts: string[] = []
  for (const { collectionName } of await database.collections())
    texts.push(collectionName, JSON.stringify(await database.collection(collectionName).find().toArray()))
  return texts.join('\n')
}

test('who reads the database finds no token, no code, no QR text, no password and no signing secret', async () => {
  const { order, member } = await api.make.order()
  const path = `/api/member/orders/${order.id}/code`
  const { digits, qrText } = success(await api.send('GET', path, { token: member.token }))
  const staff = await api.make.staff()
  const key = 'key-of-this-redemption'
  success(
    await api.send('POST', '/api/staff/redemptions', { token: staff.token, key, body: { code: qrText } }),
  )
  const admin = { username: 'secret-keeper', password: 'a-password-to-look-for', name: '某', role: 'support' }
  await api.make.admin('POST', '/api/admin/admins', admin)
  const openClient = await api.make.openClient()
  const everything = await readWholeDatabase()
  for (const seen of [order.id, member.id, 'secret-keeper', key, openClient.clientId])
    expect(everything).toContain(seen)
  const secrets = {
    memberToken: member.token,
    staffToken: staff.token,
    adminToken: await api.make.adminToken(),
    digits,
    qrText,
    qrMac: qrText.split('.')[3],
    openSecret: openClient.secret,
    password: admin.password,
    ownerPassword: 'jili-test-owner',
  }
  const found = Object.entries(secrets).filter(([, secret]) => everything.includes(secret))
  expect(found.map(([name]) => name)).toEqual([])
})

test('who reads the database finds no gift code and no card password: waiting, imported, given or seen', async () => {
  const rows = Array.from({ length: 700 }, (_, index) => `SECRET-CODE-${index},SECRET-PASSWORD-${index}`)
  const { id } = await api.make.gift({ handOver: 'virtual', stock: 0, onSale: false })
  const file = ['code,password', ...rows, rows[0], 'SECRET-CODE-WITHOUT-PASSWORD,'].join('\n')
  // The first 500 rows are imported, the others wait for the worker.
  expect(await api.make.importCodes(id, file)).toMatchObject({ state: 'importing', importedRows: 500 })
  await api.make.admin('PATCH', `/api/admin/gifts/${id}`, { onSale: true })
  const member = await api.make.member()
  const { order } = success(await api.place(member.token, [{ giftId: id, quantity: 1 }]), 201)
  const seen = await api.send('GET', `/api/member/orders/${order.id}/gift-codes`, { token: member.token })
  expect(success(seen).items[0].code).toContain('SECRET-CODE')
  const everything = await readWholeDatabase()
  for (const collection of ['gift_codes', 'gift_code_batches', 'gift_code_views', order.id])
    expect(everything).toContain(collection)
  expect(everything).not.toContain('SECRET')
})

test('passwords are hashed with Argon2id and a salt of their own', async () => {
  const password = 'the-same-password'
  for (const username of ['twin-a', 'twin-b'])
    await api.make.admin('POST', '/api/admin/admins', { username, password, name: '双', role: 'support' })
  const twins = await AdminModel.find({ username: /^twin-/ }).lean()
  const hashes = twins.map(({ passwordHash }) => passwordHash)
  for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$/)
  expect(new Set(hashes).size).toBe(2)
})
