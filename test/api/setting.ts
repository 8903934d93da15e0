import { startTestApp, type TestApp } from '#test/support/app'
import type { Answer, Json, Send } from '#test/support/client'
import { createFactories, type Factories } from '#test/support/factories'

export const secondMs = 1_000
export const dayMs = 86_400_000

export interface Api {
  app: TestApp
  send: Send
  make: Factories
  /** Moves the BFF's clock on. Admins sign in again by themselves; members and staff may have to. */
  advance(advanceMs: number): Promise<void>
  /** Signs a member in again after a long time. */
  signIn(openid: string): Promise<string>
  available(token: string): Promise<number>
  stockOf(giftId: string): Promise<number>
  /** Places an order without stating what must come of it. */
  place(
    token: string,
    items: object[],
    more?: { key?: string; [field: string]: unknown },
  ): Promise<Answer<Json>>
}

/** One BFF for all tests of a file, on a database of its own; settings that must be made first come as a function. */
export function startApi(overrides: NodeJS.ProcessEnv | (() => Promise<NodeJS.ProcessEnv>) = {}): Api {
  const api = {} as Api
  beforeAll(async () => {
    const app = await startTestApp(typeof overrides === 'function' ? await overrides() : overrides)
    const { send } = app
    Object.assign(api, {
      app,
      send,
      make: createFactories(send),
      advance: async (advanceMs: number) => {
        await api.make.admin('POST', '/api/admin/clock', { advanceMs })
        api.make = createFactories(send)
      },
      signIn: async (openid: string) =>
        (await send('POST', '/api/member/session', { body: { code: `demo-${openid}` } })).body.token,
      available: async (token: string) => (await send('GET', '/api/member/points', { token })).body.available,
      stockOf: async (giftId: string) =>
        (await api.make.admin('GET', `/api/admin/gifts/${giftId}`)).gift.stock,
      place: (token: string, items: object[], { key, ...more }: { key?: string } = {}) =>
        send('POST', '/api/member/orders', { token, ...(key ? { key } : {}), body: { items, ...more } }),
    })
  })
  afterAll(() => api.app.stop())
  return api
}

/** Proves that an answer is a refusal as documented, and gives what it says. */
export function refusal(answer: Answer<Json>, status: number, code: string): Json {
  expect({ status: answer.status, code: answer.body?.error?.code }).toEqual({ status, code })
  const { error } = answer.body
  expect(answer.body).toEqual({
    error: {
      code,
      message: expect.stringMatching(/[\u4e00-\u9fff]/),
      details: expect.any(Object),
      requestId: expect.any(String),
    },
  })
  return error
}

/** Proves that an answer succeeded, and gives its body. */
export function success(answer: Answer<Json>, status = 200): Json {
  expect({ status: answer.status, error: answer.body?.error }).toEqual({ status, error: undefined })
  return answer.body
}
