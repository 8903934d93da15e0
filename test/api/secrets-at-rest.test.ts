import mongoose from 'mongoose'
import { AdminModel } from '#bff/features/admins/admin.model'
import { type SmsStandIn, startSmsStandIn } from '#bff/local/sms/stand-in'
import { bindPhone } from '#test/support/bind-phone'
import { startApi, success } from './setting'

let sms: SmsStandIn
const api = startApi(async () => {
  sms = await startSmsStandIn()
  return sms.settings
})
afterAll(() => sms.stop())

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

test('who reads the database finds no bound phone number, and no code that was sent to it', async () => {
  const phone = '13598761234'
  const member = await api.make.member({ points: 1_000 })
  success(await bindPhone(api.send, member.token, phone))
  const send = () => api.send('POST', '/api/member/orders/verification-codes', { token: member.token })
  success(await send(), 201)
  const code = sms.messages[0]?.params[0] ?? ''
  await api.make.admin('PATCH', '/api/admin/settings', { secondCheckPoints: 1 })
  const gift = await api.make.gift()
  const items = [{ giftId: gift.id, quantity: 1 }]
  success(await api.place(member.token, items, { verificationCode: code }), 201)
  await api.advance(61_000)
  success(await send(), 201)
  const waiting = sms.messages[1]?.params[0] ?? ''
  const everything = await readWholeDatabase()
  for (const seen of ['verification_codes', '135****1234', member.id]) expect(everything).toContain(seen)
  expect(everything).not.toContain(phone)
  // Six digits in a row may be in any id; as a value of their own they are a code.
  for (const digits of [code, waiting]) {
    expect(digits).toMatch(/^\d{6}$/)
    expect(everything).not.toMatch(new RegExp(`[":\\\\]${digits}["\\\\,}]`))
  }
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
