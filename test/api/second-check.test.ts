import { randomUUID } from 'node:crypto'
import { resealPhones } from '#bff/features/members/index'
import { MemberKeyModel } from '#bff/features/members/member.model'
import { bindPhone } from '#test/support/bind-phone'
import { startSecondCheck, thresholdPoints } from './second-check.setting'
import { refusal, secondMs, success } from './setting'

const check = startSecondCheck()
const { member: newMember, dearGift, receiveCode, otherThan } = check
const place = (token: string, giftId: string, more: { key?: string; verificationCode?: string } = {}) =>
  check.api.place(token, [{ giftId, quantity: 1 }], more)
const countOrders = async (token: string): Promise<number> =>
  success(await check.api.send('GET', '/api/member/orders', { token })).items.length

test('an order from the set value on needs the code that was sent to the phone; below it none', async () => {
  const { token, phone } = await newMember()
  const gift = await dearGift()
  const cheap = await dearGift({ pricePoints: thresholdPoints - 1 })
  success(await place(token, cheap.id), 201)
  const { details } = refusal(await place(token, gift.id), 409, 'order.second_check_required')
  const phoneMasked = `${phone.slice(0, 3)}****${phone.slice(-4)}`
  expect(details).toEqual({ phoneMasked, points: thresholdPoints })
  const sent = check.sms.messages.length
  const answer = await check.api.send('POST', '/api/member/orders/verification-codes', { token })
  const body = success(answer, 201)
  expect(body.phoneMasked).toBe(phoneMasked)
  expect(Date.parse(body.expiresAt) - Date.parse(body.resendAt)).toBe(4 * 60_000)
  const message = check.sms.messages[sent]
  expect(message).toMatchObject({ phone: `+86${phone}`, params: [expect.stringMatching(/^\d{6}$/), '5'] })
  const verificationCode = message?.params[0]
  expect(JSON.stringify(answer.body)).not.toContain(verificationCode)
  success(await place(token, gift.id, { verificationCode }), 201)
  expect(await check.api.available(token)).toBe(50_000 - thresholdPoints * 2 + 1)
  await check.api.make.expectCleanLedger()
})

test('what counts is the sum that is charged, of all lines and pieces', async () => {
  const { token } = await newMember()
  const gift = await dearGift({ pricePoints: 400 })
  const items = (quantity: number) => [{ giftId: gift.id, quantity }]
  success(await check.api.place(token, items(2)), 201)
  refusal(await check.api.place(token, items(3)), 409, 'order.second_check_required')
})

test('what is split over a business day counts together; orders with a code and those given back do not', async () => {
  const { token } = await newMember()
  const gift = await dearGift({ pricePoints: 400 })
  const first = success(await place(token, gift.id), 201).order
  success(await place(token, gift.id), 201)
  const { message } = refusal(await place(token, gift.id), 409, 'order.second_check_required')
  expect(message).toContain('加起来')
  const verificationCode = await receiveCode(token)
  success(await place(token, gift.id, { verificationCode }), 201)
  // Two hundred are left without a code, whatever was confirmed with one.
  const small = await dearGift({ pricePoints: 199 })
  success(await place(token, small.id), 201)
  refusal(await place(token, small.id), 409, 'order.second_check_required')
  success(await check.api.send('POST', `/api/member/orders/${first.id}/cancel`, { token }))
  success(await place(token, small.id), 201)
  success(await place(token, (await dearGift({ pricePoints: 0 })).id), 201)
  refusal(await place(token, gift.id), 409, 'order.second_check_required')
  await check.api.advance(86_400 * secondMs)
  success(await place(token, gift.id), 201)
})

test('an order that cannot be placed is refused for that, and no code is asked for', async () => {
  const { token } = await newMember()
  const gift = await dearGift({ stock: 0 })
  refusal(await place(token, gift.id), 409, 'gift.sold_out')
  const dear = await dearGift({ pricePoints: 60_000 })
  refusal(await place(token, dear.id), 409, 'points.insufficient')
})

test('a right code whose order was refused is good for the next one', async () => {
  const { token } = await newMember()
  const verificationCode = await receiveCode(token)
  const gone = await dearGift({ stock: 0 })
  for (let time = 0; time < 6; time++)
    refusal(await place(token, gone.id, { verificationCode }), 409, 'gift.sold_out')
  success(await place(token, (await dearGift()).id, { verificationCode }), 201)
})

test("a number that took another one's place gets no code for a day; bound again it waits no longer", async () => {
  const { token, phone } = await newMember()
  const send = async (as: string) =>
    check.api.send('POST', '/api/member/orders/verification-codes', { token: as })
  success(await bindPhone(check.api.send, token, phone))
  success(await send(token), 201)
  const thief = `137${phone.slice(3)}`
  success(await bindPhone(check.api.send, token, thief))
  const { details } = refusal(await send(token), 409, 'member.phone_too_new')
  const { clock } = check.api.app.app.services
  const left = Date.parse(details.availableAt) - clock.now().getTime()
  expect(left).toBeGreaterThan(23 * 3_600_000)
  await check.api.advance(left - 60_000)
  success(await bindPhone(check.api.send, token, thief))
  refusal(await send(token), 409, 'member.phone_too_new')
  await check.api.advance(61_000)
  success(await send(token), 201)
})

describe('without a number to send to', () => {
  const send = (token: string) => check.api.send('POST', '/api/member/orders/verification-codes', { token })

  test('the refusal says to bind one', async () => {
    const { token } = await newMember({ phone: null })
    const { details, message } = refusal(
      await place(token, (await dearGift()).id),
      409,
      'order.second_check_required',
    )
    expect(details).toEqual({ phoneMasked: null, points: thresholdPoints })
    expect(message).toContain('绑定手机号')
    refusal(await send(token), 409, 'member.phone_required')
    success(await bindPhone(check.api.send, token, '13700000001'))
    success(await place(token, (await dearGift()).id, { verificationCode: await receiveCode(token) }), 201)
  })

  test('who bound before numbers were kept binds again', async () => {
    const { id, token, phone } = await newMember()
    await MemberKeyModel.updateOne({ memberId: id, _id: /^phone:/ }, { $unset: { sealed: 1, keyName: 1 } })
    const { details } = refusal(await place(token, (await dearGift()).id), 409, 'order.second_check_required')
    expect(details.phoneMasked).toBeNull()
    refusal(await send(token), 409, 'member.phone_required')
    success(await bindPhone(check.api.send, token, phone))
    await receiveCode(token)
  })
})

describe('a wrong code', () => {
  test('tells how many tries are left, and after five the right one is dead too', async () => {
    const { token } = await newMember()
    const gift = await dearGift()
    const right = await receiveCode(token)
    let verificationCode = right
    for (const triesLeft of [4, 3, 2, 1, 0, 0]) {
      verificationCode = otherThan(verificationCode)
      const answer = await place(token, gift.id, { verificationCode })
      expect(refusal(answer, 409, 'order.second_check_wrong').details).toEqual({ triesLeft })
    }
    const answer = await place(token, gift.id, { verificationCode: right })
    expect(refusal(answer, 409, 'order.second_check_wrong').details).toEqual({ triesLeft: 0 })
    await check.api.advance(61 * secondMs)
    success(await place(token, gift.id, { verificationCode: await receiveCode(token) }), 201)
  })

  test('sent again is no new try', async () => {
    const { token } = await newMember()
    const gift = await dearGift()
    const verificationCode = otherThan(await receiveCode(token))
    for (let time = 0; time < 3; time++) {
      const answer = await place(token, gift.id, { verificationCode })
      expect(refusal(answer, 409, 'order.second_check_wrong').details).toEqual({ triesLeft: 4 })
    }
  })

  test('in a burst of 20 at once at most five are looked at', async () => {
    const { token } = await newMember()
    const gift = await dearGift()
    const right = await receiveCode(token)
    const wrong = Array.from({ length: 20 }, (_, index) =>
      String((Number(right) + index + 1) % 1e6).padStart(6, '0'),
    )
    const answers = await Promise.all(
      wrong.map((verificationCode) => place(token, gift.id, { verificationCode })),
    )
    const left = answers.map((answer) => refusal(answer, 409, 'order.second_check_wrong').details.triesLeft)
    // Each of the five that were looked at says another number; the others were not looked at.
    expect(left.sort()).toEqual([...Array(16).fill(0), 1, 2, 3, 4])
    refusal(await place(token, gift.id, { verificationCode: right }), 409, 'order.second_check_wrong')
    expect(await countOrders(token)).toBe(0)
  })

  test.each(['12345', '1234567', 'abcdef', ' 12345'])('%j is none', async (verificationCode) => {
    const { token } = await newMember()
    refusal(await place(token, (await dearGift()).id, { verificationCode }), 400, 'request.invalid')
  })
})

describe('a code', () => {
  test('lives 5 minutes', async () => {
    const { token } = await newMember()
    const gift = await dearGift()
    const verificationCode = await receiveCode(token)
    await check.api.advance(300 * secondMs)
    refusal(await place(token, gift.id, { verificationCode }), 409, 'order.second_check_expired')
  })

  test('ends when a newer one is sent', async () => {
    const { token } = await newMember()
    const gift = await dearGift()
    const first = await receiveCode(token)
    await check.api.advance(60 * secondMs)
    const second = await receiveCode(token)
    if (first !== second)
      refusal(await place(token, gift.id, { verificationCode: first }), 409, 'order.second_check_wrong')
    success(await place(token, gift.id, { verificationCode: second }), 201)
  })

  test("is its member's alone", async () => {
    const [one, other] = [await newMember(), await newMember()]
    const verificationCode = await receiveCode(one.token)
    const gift = await dearGift()
    refusal(await place(other.token, gift.id, { verificationCode }), 409, 'order.second_check_expired')
  })

  test('pays for one order; the same order under its key comes again without it', async () => {
    const { token } = await newMember()
    const gift = await dearGift()
    const key = randomUUID()
    const verificationCode = await receiveCode(token)
    refusal(await place(token, gift.id, { key }), 409, 'order.second_check_required')
    const wrong = await place(token, gift.id, { key, verificationCode: otherThan(verificationCode) })
    refusal(wrong, 409, 'order.second_check_wrong')
    const { order } = success(await place(token, gift.id, { key, verificationCode }), 201)
    for (const again of [{}, { verificationCode }, { verificationCode: '000000' }])
      expect(success(await place(token, gift.id, { key, ...again }), 201).order.id).toBe(order.id)
    refusal(await place(token, gift.id, { verificationCode }), 409, 'order.second_check_expired')
    expect(await countOrders(token)).toBe(1)
  })

  test('goes with the account', async () => {
    const { id, token } = await newMember()
    await receiveCode(token)
    success(await check.api.send('POST', '/api/member/me/close', { token, body: { isUnderstood: true } }))
    expect(await MemberKeyModel.countDocuments({ memberId: id, _id: /^phone:/ })).toBe(0)
    const { VerificationCodeModel } = await import('#bff/features/verification-codes/verification-code.model')
    expect(await VerificationCodeModel.countDocuments({ memberId: id })).toBe(0)
  })
})

describe('sending', () => {
  const send = (token: string) => check.api.send('POST', '/api/member/orders/verification-codes', { token })
  const tooOften = async (token: string) => {
    const answer = await send(token)
    const { details } = refusal(answer, 429, 'sms.too_often')
    return { seconds: Number(answer.headers.get('retry-after')), details }
  }

  test('is once a minute, 5 times an hour and 10 times a day', async () => {
    const { token } = await newMember()
    const sent = check.sms.messages.length
    success(await send(token), 201)
    await check.api.advance(59 * secondMs)
    const { seconds, details } = await tooOften(token)
    expect(seconds).toBe(1)
    expect(details).toEqual({ resendAt: expect.stringMatching(/Z$/) })
    for (let time = 2; time <= 5; time++) {
      await check.api.advance(60 * secondMs)
      success(await send(token), 201)
    }
    await check.api.advance(60 * secondMs)
    expect((await tooOften(token)).seconds).toBeGreaterThan(3_000)
    await check.api.advance(3_600 * secondMs)
    for (let time = 6; time <= 10; time++) {
      success(await send(token), 201)
      await check.api.advance(60 * secondMs)
    }
    await check.api.advance(3_600 * secondMs)
    expect((await tooOften(token)).seconds).toBeGreaterThan(70_000)
    expect(check.sms.messages.length - sent).toBe(10)
    await check.api.advance(22 * 3_600 * secondMs)
    success(await send(token), 201)
  })

  test('20 requests at once send one message', async () => {
    // The first burst also opens the connections that let the next ones meet.
    for (let burst = 0; burst < 2; burst++) {
      const { token } = await newMember()
      const sent = check.sms.messages.length
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(token)))
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 429]))
      expect(check.sms.messages.length - sent).toBe(1)
    }
  })

  test('what did not go out is not counted', async () => {
    const { token } = await newMember()
    check.sms.failNext({ code: 'InternalError.OtherError' })
    refusal(await send(token), 503, 'sms.unavailable')
    await receiveCode(token)
  })

  test("the provider's own limit and a number it cannot reach are told apart", async () => {
    const { token } = await newMember()
    check.sms.failNext({ code: 'LimitExceeded.PhoneNumberThirtySecondLimit' })
    refusal(await send(token), 429, 'sms.too_often')
    check.sms.failNext({ code: 'FailedOperation.PhoneNumberInBlacklist' })
    refusal(await send(token), 409, 'sms.number_refused')
  })

  test('a message whose answer was lost is counted, for it may arrive', async () => {
    const { token } = await newMember()
    check.sms.failNext({ httpStatus: 502 })
    refusal(await send(token), 503, 'sms.unavailable')
    await tooOften(token)
  })

  test('a blocked member is sent nothing', async () => {
    const { id, token } = await newMember()
    await check.api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '测试所需' })
    const sent = check.sms.messages.length
    refusal(await send(token), 409, 'member.blocked')
    expect(check.sms.messages).toHaveLength(sent)
  })
})

test('closed again: with the value at 0 no order needs a code', async () => {
  const { token } = await newMember()
  await check.api.make.admin('PATCH', '/api/admin/settings', { secondCheckPoints: 0 })
  success(await place(token, (await dearGift()).id), 201)
  await check.api.make.admin('PATCH', '/api/admin/settings', { secondCheckPoints: thresholdPoints })
})

test('numbers are sealed anew under a new key, and then the old one can go', async () => {
  const { token } = await newMember()
  const { services } = check.api.app.app
  const [old] = services.codeKeys.sealing
  if (!old) throw new Error('there is no key')
  const fresh = { name: 'fresh', key: Buffer.alloc(32, 7) }
  try {
    services.codeKeys.sealing = [fresh, old]
    while ((await resealPhones(services)) > 0);
    services.codeKeys.sealing = [fresh]
    await receiveCode(token)
  } finally {
    services.codeKeys.sealing = [old, fresh]
    while ((await resealPhones(services)) > 0);
    services.codeKeys.sealing = [old]
  }
})
