import { randomUUID } from 'node:crypto'
import { closeGuessingAlerts } from '#bff/features/guesses/index'
import type { AdjustableClock } from '#bff/kernel/clock'
import type { Answer, Json } from '#test/support/client'
import { tally } from '#test/support/crowd'
import { createFactories } from '#test/support/factories'
import { refusal, secondMs, startApi, success } from './setting'

// Addresses come from the header, so that a test can be many networks.
const api = startApi({ RATE_LIMITS: 'on', TRUSTED_PROXIES: '1' })
const password = 'long-enough-password'
let networks = 0
/** An address of a network that no other test uses. */
const newAddress = () => `10.${Math.floor(++networks / 250)}.${networks % 250}.7`

const newAdmin = async () => {
  const username = `a${randomUUID().slice(0, 12)}`
  await api.make.admin('POST', '/api/admin/admins', { username, password, name: '小顾', role: 'support' })
  return username
}
/** Lets time pass; the owner signs in again when a test next needs them. */
const pass = (advanceMs: number) => {
  const { clock } = api.app.app.services
  if ('advance' in clock) (clock as AdjustableClock).advance(advanceMs)
  api.make = createFactories(api.send)
}
const signIn = (body: object, address = newAddress()): Promise<Answer<Json>> =>
  api.send('POST', '/api/admin/session', { body, headers: { 'x-forwarded-for': address } })
const guess = (username: string, address?: string, more: object = {}) =>
  signIn({ username, password: 'wrong-password', ...more }, address)
const waitOf = (answer: Answer<Json>): number => {
  const { message } = refusal(answer, 429, 'rate.limited')
  expect(message).toMatch(/^错得太多了，请 \d+ (秒|分钟)后再试$/)
  return Number(answer.headers.get('retry-after'))
}
const alerts = async (): Promise<Json[]> =>
  (await api.make.admin('GET', '/api/admin/alerts?kind=secret.guessing&state=open&limit=100')).items
const alertsOn = async (words: string) => (await alerts()).filter(({ message }) => message.includes(words))

test('five wrong passwords of a name are free, whatever the network; then each makes the next wait twice as long', async () => {
  const username = await newAdmin()
  for (let count = 0; count < 5; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
  const waits: number[] = []
  for (let count = 0; count < 4; count += 1) {
    const wait = waitOf(await guess(username))
    waits.push(wait)
    // Even the right one waits: else a burst with the right one among the rest would get through.
    waitOf(await signIn({ username, password }))
    pass(wait * secondMs)
    refusal(await guess(username), 401, 'auth.wrong_password')
  }
  expect(waits).toEqual([5, 10, 20, 40])
  const other = await newAdmin()
  success(await signIn({ username: other, password }))
})

test('the waits end at a quarter of an hour, so nobody is locked out for good; a quiet day forgets them', async () => {
  const username = await newAdmin()
  for (let count = 0; count < 18; count += 1) {
    refusal(await guess(username), 401, 'auth.wrong_password')
    pass(900 * secondMs)
  }
  refusal(await guess(username), 401, 'auth.wrong_password')
  expect(waitOf(await guess(username))).toBe(900)
  pass(900 * secondMs)
  success(await signIn({ username, password }))
  pass(86_400 * secondMs)
  for (let count = 0; count < 5; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
})

test('right passwords between wrong ones do not keep those from being forgotten', async () => {
  const username = await newAdmin()
  for (let count = 0; count < 4; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
  for (let count = 0; count < 3; count += 1) {
    pass(43_200 * secondMs)
    success(await signIn({ username, password }))
  }
  for (let count = 0; count < 5; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
})

test('a new password from the owner lets in at once, whatever was guessed at the old one', async () => {
  const username = await newAdmin()
  for (let count = 0; count < 5; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
  waitOf(await signIn({ username, password }))
  const { items } = await api.make.admin('GET', '/api/admin/admins?limit=100')
  const { id } = items.find((admin: Json) => admin.username === username)
  const renewed = 'another-long-password'
  await api.make.admin('POST', `/api/admin/admins/${id}/password`, { password: renewed })
  success(await signIn({ username, password: renewed }))
})

test('a device known from before signs in while others guess; its own wrong passwords make it wait too', async () => {
  const username = await newAdmin()
  const { deviceToken } = success(await signIn({ username, password }))
  for (let count = 0; count < 5; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
  waitOf(await guess(username))
  const again = success(await signIn({ username, password, deviceToken }))
  expect(again.deviceToken).toBe(deviceToken)
  for (let count = 0; count < 5; count += 1)
    refusal(await guess(username, undefined, { deviceToken }), 401, 'auth.wrong_password')
  waitOf(await guess(username, undefined, { deviceToken }))
})

test("a device is its admin's alone, and no made-up one is known", async () => {
  const [one, other] = [await newAdmin(), await newAdmin()]
  const { deviceToken } = success(await signIn({ username: one, password }))
  for (let count = 0; count < 5; count += 1) refusal(await guess(other), 401, 'auth.wrong_password')
  waitOf(await signIn({ username: other, password, deviceToken }))
  waitOf(await signIn({ username: other, password, deviceToken: 'made-up' }))
  refusal(await signIn({ username: other, password, deviceToken: 'x'.repeat(101) }), 400, 'request.invalid')
})

test('right passwords cost nothing: twelve sign-ins from new devices', async () => {
  const username = await newAdmin()
  for (let count = 0; count < 4; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
  for (let count = 0; count < 12; count += 1) success(await signIn({ username, password }))
})

test('of a burst of 40 at once five are looked at', async () => {
  const username = await newAdmin()
  const answers = await Promise.all(Array.from({ length: 40 }, () => guess(username)))
  expect(tally(answers)).toEqual({ 'auth.wrong_password': 5, 'rate.limited': 35 })
})

test('an unknown name answers as a known one does, waits included', async () => {
  const username = `nobody-${randomUUID().slice(0, 8)}`
  for (let count = 0; count < 5; count += 1) refusal(await guess(username), 401, 'auth.wrong_password')
  expect(waitOf(await guess(username))).toBe(5)
})

test.each([
  ['a /24', (count: number) => `198.51.100.${count}`, '198.51.101.1'],
  ['a /64', (count: number) => `2001:db8:7:7::${count}`, '2001:db8:7:8::1'],
])(
  '%s that tries many names waits, another network does not; a known device in it goes on',
  async (...network) => {
    const [, addressOf, elsewhere] = network
    const username = await newAdmin()
    const { deviceToken } = success(await signIn({ username, password }))
    for (let count = 1; count <= 30; count += 1)
      refusal(
        await guess(`name-${count}-${randomUUID().slice(0, 6)}`, addressOf(count)),
        401,
        'auth.wrong_password',
      )
    expect(waitOf(await signIn({ username, password }, addressOf(31)))).toBe(5)
    success(await signIn({ username, password, deviceToken }, addressOf(31)))
    success(await signIn({ username, password }, elsewhere))
  },
)

test('guessing that goes on opens one alert that says how often, and closes when it is over', async () => {
  const username = await newAdmin()
  for (let count = 0; count < 9; count += 1) {
    refusal(await guess(username), 401, 'auth.wrong_password')
    pass(300 * secondMs)
  }
  expect(await alertsOn(username)).toEqual([])
  refusal(await guess(username), 401, 'auth.wrong_password')
  expect(await alertsOn(username)).toMatchObject([
    {
      message: `有人在猜管理员「${username}」的密码，已经错了 10 次`,
      details: { secret: 'admin-password', wrong: 10 },
    },
  ])
  pass(900 * secondMs)
  refusal(await guess(username), 401, 'auth.wrong_password')
  expect(await alertsOn(username)).toMatchObject([{ details: { wrong: 11 } }])
  await closeGuessingAlerts(api.app.app.services)
  expect(await alertsOn(username)).toHaveLength(1)
  pass(86_401 * secondMs)
  await closeGuessingAlerts(api.app.app.services)
  expect(await alertsOn(username)).toEqual([])
})

test('a network that guesses is named in its alert, and a name that does not exist is not', async () => {
  const address = '192.0.2.9'
  const typed = `my-secret-${randomUUID().slice(0, 6)}`
  for (let count = 0; count < 60; count += 1) {
    refusal(
      await guess(count % 2 ? typed : `n${randomUUID()}`.slice(0, 30), address),
      401,
      'auth.wrong_password',
    )
    if (count >= 8) pass(900 * secondMs)
  }
  expect(await alertsOn('192.0.2.0/24')).toMatchObject([
    { message: '网络 192.0.2.0/24 在猜管理员密码，已经错了 60 次' },
  ])
  expect(JSON.stringify(await alerts())).not.toContain(typed)
  expect(await alertsOn('不存在')).toHaveLength(1)
})
