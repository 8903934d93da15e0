import { ApiError } from '../../miniapp/src/platform/api-error'
import { api, onSignedOut } from '../../miniapp/src/platform/request'
import { useSession } from '../../miniapp/src/platform/session'
import { type Answer, platform } from './stubs/taro'
import { freshPhone } from './support/render'

const points = { available: 1, frozen: 0, debt: 0, expiringSoon: [] }
const refusal = (statusCode: number, code: string, details?: unknown): Answer => ({
  statusCode,
  data: { error: { code, message: '说明', details, requestId: 'r-1' } },
})
const order = { items: [{ giftId: 'g', quantity: 1 }] }

async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const caught = await call.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(caught instanceof ApiError)) throw new Error('It should have failed with an ApiError')
  return caught
}

/** Answers in turn; a null is no answer at all. */
function answerInTurn(...answers: (Answer | null)[]): void {
  platform.answer = () => {
    const answer = answers.shift()
    if (!answer) return Promise.reject({ errMsg: 'request:fail' })
    return answer
  }
}

beforeEach(() => {
  jest.useFakeTimers({ advanceTimers: 200 })
  freshPhone('member')
})
afterEach(() => jest.useRealTimers())

describe('what is sent', () => {
  it('fills the path, the query and the bearer token of the role', async () => {
    useSession.getState().signIn('staff', { token: 'staff-token', expiresAt: '2099-01-01T00:00:00.000Z' })
    answerInTurn({ statusCode: 200, data: points }, { statusCode: 200, data: {} })
    await api('GET /api/member/gifts/:id', { params: { id: 'a/b' } })
    await api('GET /api/staff/redemptions', { query: { limit: 5, cursor: undefined } })
    expect(platform.requests.map(({ url }) => url)).toEqual([
      '/api/member/gifts/a%2Fb',
      '/api/staff/redemptions?limit=5',
    ])
    expect(platform.requests.map(({ header }) => header.authorization)).toEqual([
      'Bearer member-token',
      'Bearer staff-token',
    ])
  })
})

describe('errors', () => {
  it('keeps code, details and request id of the answer', async () => {
    answerInTurn(refusal(409, 'redemption.already_used', { staffName: '周宁' }))
    const error = await failureOf(
      api('POST /api/staff/redemptions/lookup', { body: { code: '123456789012' } }),
    )
    expect(error).toMatchObject({ status: 409, code: 'redemption.already_used', requestId: 'r-1' })
    expect(error.details).toEqual({ staffName: '周宁' })
  })

  it('gives no answer its own code and a Chinese message', async () => {
    const error = await failureOf(api('GET /api/member/points', { retries: 0 }))
    expect(error).toMatchObject({ status: 0, code: 'network.offline' })
    expect(error.message).toMatch(/网络/)
  })

  it('tells a time-out from being offline', async () => {
    platform.answer = () => Promise.reject({ errMsg: 'request:fail timeout' })
    expect((await failureOf(api('GET /api/member/points', { retries: 0 }))).code).toBe('network.timeout')
  })

  it('does not trust a body that is no error of ours', async () => {
    answerInTurn({ statusCode: 502, data: '<html>' }, { statusCode: 418, data: null })
    expect((await failureOf(api('POST /api/member/check-ins'))).code).toBe('service.failed')
    expect((await failureOf(api('POST /api/member/check-ins'))).code).toBe('response.unreadable')
  })
})

describe('retries', () => {
  it('reads again after a lost answer', async () => {
    answerInTurn(null, refusal(503, 'service.busy'), { statusCode: 200, data: points })
    await expect(api('GET /api/member/points')).resolves.toEqual(points)
    expect(platform.requests).toHaveLength(3)
  })

  it('sends a write again only with its idempotency key, and the same one', async () => {
    answerInTurn(null, { statusCode: 201, data: {} })
    await api('POST /api/member/orders', { body: order, idempotencyKey: 'key-1' })
    expect(platform.requests.map(({ header }) => header['idempotency-key'])).toEqual(['key-1', 'key-1'])
  })

  it('never repeats a write without a key, nor a refusal', async () => {
    answerInTurn(null)
    await failureOf(api('POST /api/member/check-ins'))
    expect(platform.requests).toHaveLength(1)
    answerInTurn(refusal(409, 'gift.sold_out'))
    await failureOf(api('POST /api/member/orders', { body: order, idempotencyKey: 'key-2' }))
    expect(platform.requests).toHaveLength(2)
  })
})

describe('a token that is refused', () => {
  it('is dropped, and the sign-in page is asked for', async () => {
    const signedOut = jest.fn()
    onSignedOut(signedOut)
    answerInTurn(refusal(401, 'auth.unauthenticated'))
    expect((await failureOf(api('GET /api/member/points'))).code).toBe('auth.unauthenticated')
    expect(useSession.getState().member).toBeNull()
    expect(signedOut).toHaveBeenCalledWith('member')
  })

  it('does not stop browsing: the mall is read again without it', async () => {
    answerInTurn(refusal(401, 'auth.unauthenticated'), { statusCode: 200, data: { items: [] } })
    await expect(api('GET /api/member/gifts')).resolves.toEqual({ items: [] })
    expect(platform.requests[1]?.header.authorization).toBeUndefined()
  })
})
