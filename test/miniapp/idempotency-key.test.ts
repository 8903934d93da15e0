import { AttemptKey, newIdempotencyKey } from '../../miniapp/src/platform/idempotency-key'

describe('the key of one attempt', () => {
  const counting = () => {
    let count = 0
    return new AttemptKey(() => Promise.resolve(`key-${++count}`))
  }

  it('stays the same for the same input until the server has decided', async () => {
    const attempt = counting()
    const first = await attempt.keyFor({ giftId: 'a', quantity: 1 })
    expect(await attempt.keyFor({ giftId: 'a', quantity: 1 })).toBe(first)
    attempt.settle()
    expect(await attempt.keyFor({ giftId: 'a', quantity: 1 })).not.toBe(first)
  })

  it('is a new one for other input', async () => {
    const attempt = counting()
    const first = await attempt.keyFor({ giftId: 'a', quantity: 1 })
    expect(await attempt.keyFor({ giftId: 'a', quantity: 2 })).not.toBe(first)
  })

  it('is one for two taps at once', async () => {
    const attempt = counting()
    const keys = await Promise.all([attempt.keyFor({ a: 1 }), attempt.keyFor({ a: 1 })])
    expect(new Set(keys).size).toBe(1)
  })
})

describe('a fresh key', () => {
  it('never repeats and fits the API', async () => {
    const keys = await Promise.all(Array.from({ length: 200 }, newIdempotencyKey))
    expect(new Set(keys).size).toBe(200)
    expect(keys.every((key) => /^[a-z0-9-]{20,100}$/.test(key))).toBe(true)
  })
})
