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

test('after ten wrong typed codes even the right one must wait; scanning and others go on', async () => {
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

test('of a burst of guesses at once ten are looked at, and the right one after it waits', async () => {
  const { order, member } = await api.make.order()
  const path = `/api/member/orders/${order.id}/code`
  const { digits } = success(await api.send('GET', path, { token: member.token }))
  const staff = await api.make.staff()
  const show = (code: string) =>
    lookUpCode(api.app.app.services, { staffId: staff.id, code, clientAddress: '203.0.113.7' }).then(
      () => 'found',
      (error: unknown) => (isDomainError(error) ? error.code : String(error)),
    )
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => show(guess())))
  const count = (outcome: string) => outcomes.filter((candidate) => candidate === outcome).length
  expect([count('redemption.code_invalid'), count('rate.limited')]).toEqual([10, 50])
  expect(await show(digits)).toBe('rate.limited')
})
