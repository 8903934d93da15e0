import { randomInt } from 'node:crypto'
import { lookUpCode } from '#bff/features/orders/commands/redeem-code'
import { parseDigits } from '#bff/features/orders/redemption-codes'
import { isDomainError } from '#bff/kernel/errors'
import { refusal, startApi, success } from './setting'

const api = startApi({ RATE_LIMITS: 'on' })
const redeem = (token: string, code: string) =>
  api.send('POST', '/api/staff/redemptions', { token, body: { code } })
/** Digits that pass their check digit, as a guesser would send them. */
const guess = (): string => {
  const body = String(randomInt(1e11)).padStart(11, '0')
  const right = Array.from({ length: 10 }, (_, last) => body + last).find((digits) => parseDigits(digits))
  if (!right) throw new Error('no check digit fits')
  return right
}
const lookUp = (token: string, code: string) =>
  api.send('POST', '/api/staff/redemptions/lookup', { token, body: { code } })

test('after ten wrong typed codes a minute even the right one must wait; scanning and others go on', async () => {
  const { order, member } = await api.make.order()
  const path = `/api/member/orders/${order.id}/code`
  const { digits, qrText } = success(await api.send('GET', path, { token: member.token }))
  const { token } = await api.make.staff()
  for (let count = 0; count < 10; count += 1)
    refusal(await (count % 2 ? redeem : lookUp)(token, '123456789012'), 409, 'redemption.code_invalid')
  const limited = await redeem(token, digits)
  refusal(limited, 429, 'rate.limited')
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
  success(await lookUp(token, qrText))
  const other = await api.make.staff()
  success(await redeem(other.token, digits))
})

test('right codes cost no tries', async () => {
  const { order, member } = await api.make.order()
  const path = `/api/member/orders/${order.id}/code`
  const { digits } = success(await api.send('GET', path, { token: member.token }))
  const { token } = await api.make.staff()
  for (let count = 0; count < 12; count += 1) success(await lookUp(token, digits))
})

test('a burst of guesses at once is held to ten tries too: the right one among the rest is not let through', async () => {
  const { order, member } = await api.make.order()
  const path = `/api/member/orders/${order.id}/code`
  const { digits } = success(await api.send('GET', path, { token: member.token }))
  const staff = await api.make.staff()
  const wrong = Array.from({ length: 30 }, guess)
  const guesses = [...wrong, digits, ...wrong]
  const outcomes = await Promise.all(
    guesses.map((code) =>
      lookUpCode(api.app.app.services, staff.id, code).then(
        () => 'found',
        (error: unknown) => (isDomainError(error) ? error.code : String(error)),
      ),
    ),
  )
  const count = (outcome: string) => outcomes.filter((candidate) => candidate === outcome).length
  expect([count('redemption.code_invalid'), count('rate.limited'), count('found')]).toEqual([10, 51, 0])
})

test('ten wrong passwords for a name make it wait; other names go on', async () => {
  const username = `a${Date.now()}`
  const signIn = (body: object) => api.send('POST', '/api/admin/session', { body })
  const wrong = { username, password: 'wrong-password' }
  for (let count = 0; count < 10; count += 1) refusal(await signIn(wrong), 401, 'auth.wrong_password')
  refusal(await signIn(wrong), 429, 'rate.limited')
  success(await signIn({ username: 'owner', password: 'jili-test-owner' }))
})
