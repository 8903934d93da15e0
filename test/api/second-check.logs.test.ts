import mongoose from 'mongoose'
import { type SmsStandIn, startSmsStandIn } from '#bff/local/sms/stand-in'
import { type BffProcess, startBffProcess } from '#test/support/app'
import { bindPhone } from '#test/support/bind-phone'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { refusal, success } from './setting'

const phone = '13512349876'
const lines: string[] = []
let sms: SmsStandIn
let bff: BffProcess
let settings: NodeJS.ProcessEnv

beforeAll(async () => {
  sms = await startSmsStandIn()
  settings = testSettings({ ...sms.settings, LOG_LEVEL: 'debug' })
  bff = await startBffProcess(settings, 'bff/main.ts', (line) => lines.push(JSON.stringify(line)))
})
afterAll(async () => {
  await bff.stop()
  await sms.stop()
  const connection = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
  await connection.dropDatabase()
  await connection.close()
})

test('no log has the number or the code, and a wrong setting is in it by the name the provider gives it', async () => {
  const make = createFactories(bff.send)
  const { token } = await make.member()
  success(await bindPhone(bff.send, token, phone))
  const path = '/api/member/orders/verification-codes'
  sms.failNext({ code: 'AuthFailure.UnauthorizedOperation' })
  refusal(await bff.send('POST', path, { token }), 500, 'service.failed')
  success(await bff.send('POST', path, { token }), 201)
  const code = sms.messages[0]?.params[0] ?? 'no code came'
  const gift = await make.gift()
  const items = [{ giftId: gift.id, quantity: 1 }]
  await bff.send('POST', '/api/member/orders', { token, body: { items, verificationCode: code } })
  const log = lines.join('\n')
  expect(log).toContain('AuthFailure.UnauthorizedOperation')
  expect(log).toContain(path)
  for (const secret of [phone, `"${code}"`, `${code}\\"`, 'stand-in-key']) expect(log).not.toContain(secret)
})
