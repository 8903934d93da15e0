import { tally } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

/** Argon2 itself, watched: how many run at once, and for which hashes. */
const seen = { running: 0, mostAtOnce: 0, verified: 0 }
const watched = async <T>(work: () => Promise<T>): Promise<T> => {
  seen.running += 1
  seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.running)
  try {
    return await work()
  } finally {
    seen.running -= 1
  }
}
jest.mock('@node-rs/argon2', () => {
  const actual = jest.requireActual<typeof import('@node-rs/argon2')>('@node-rs/argon2')
  return {
    hash: (password: string) => watched(() => actual.hash(password)),
    verify: (hash: string, password: string) => {
      seen.verified += 1
      return watched(() => actual.verify(hash, password))
    },
  }
})

const api = startApi()
const owner = { username: 'owner', password: 'jili-test-owner' }
const signIn = (body: object) => api.send('POST', '/api/admin/session', { body })

test('of 60 wrong sign-ins at once one is verified at a time, the queue is bounded, and a known device is not in it', async () => {
  const { deviceToken } = success(await signIn(owner))
  seen.mostAtOnce = 0
  const crowd = Array.from({ length: 60 }, (_, index) => signIn({ username: `n${index}`, password: 'wrong' }))
  const known = await signIn({ ...owner, deviceToken })
  const answers = await Promise.all(crowd)
  success(known)
  const { 'auth.wrong_password': refused = 0, 'service.busy': busy = 0, ...others } = tally(answers)
  expect([refused + busy, others]).toEqual([60, {}])
  for (const answer of answers.filter(({ status }) => status === 503)) {
    refusal(answer, 503, 'service.busy')
    expect(answer.headers.get('retry-after')).toBe('2')
  }
  // One of strangers and one of who is known.
  expect(seen.mostAtOnce).toBeLessThanOrEqual(2)
})

test('an unknown name costs what a known one costs: one verification', async () => {
  const costOf = async (body: object) => {
    const before = seen.verified
    refusal(await signIn(body), 401, 'auth.wrong_password')
    return seen.verified - before
  }
  expect(await costOf({ ...owner, password: 'wrong' })).toBe(1)
  expect(await costOf({ username: 'nobody-at-all', password: 'wrong' })).toBe(1)
})
