import { SettingsModel } from '#bff/features/settings/settings.model'
import { tally, untilTyped } from '#test/support/crowd'
import { startSecondCheck } from '../api/second-check.setting'

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const check = startSecondCheck({ REDIS_LOCKS: locks })

  test('10 different orders at once with one code give one', async () => {
    const { token } = await check.member()
    const gifts = await Promise.all(Array.from({ length: 10 }, () => check.dearGift()))
    const verificationCode = await check.receiveCode(token)
    const answers = await Promise.all(
      gifts.map(({ id }) =>
        untilTyped(() => check.api.place(token, [{ giftId: id, quantity: 1 }], { verificationCode })),
      ),
    )
    const { '201': placed, ...refused } = tally(answers)
    expect(placed).toBe(1)
    // Tries beyond five at once are not looked at, right or wrong.
    const known = ['order.second_check_expired', 'order.second_check_wrong']
    expect(Object.keys(refused).filter((code) => !known.includes(code))).toEqual([])
    await check.api.make.expectCleanLedger()
  })

  test('one order sent 10 times at once with its code is one order, and each gets its answer', async () => {
    const { token } = await check.member()
    const gift = await check.dearGift()
    const verificationCode = await check.receiveCode(token)
    const more = { key: `one-key-${locks}`, verificationCode }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        untilTyped(() => check.api.place(token, [{ giftId: gift.id, quantity: 1 }], more)),
      ),
    )
    expect(tally(answers)).toEqual({ '201': 10 })
    expect(new Set(answers.map(({ body }) => body.order.id)).size).toBe(1)
    await check.api.make.expectCleanLedger()
  })

  test('10 split orders at once without a code come to less than the value', async () => {
    const { token } = await check.member()
    const gifts = await Promise.all(Array.from({ length: 10 }, () => check.dearGift({ pricePoints: 300 })))
    const answers = await Promise.all(
      gifts.map(({ id }) => untilTyped(() => check.api.place(token, [{ giftId: id, quantity: 1 }]))),
    )
    expect(tally(answers)).toEqual({ '201': 3, 'order.second_check_required': 7 })
    await check.api.make.expectCleanLedger()
  })

  test('the value that holds when the order commits is the one that counts', async () => {
    const { token } = await check.member()
    const gift = await check.dearGift({ pricePoints: 500 })
    const place = () => check.api.place(token, [{ giftId: gift.id, quantity: 1 }])
    expect((await place()).status).toBe(201)
    await SettingsModel.updateOne({ _id: 'settings' }, { $set: { secondCheckPoints: 500 } })
    expect((await place()).body.error.code).toBe('order.second_check_required')
  })
})
