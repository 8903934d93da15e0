import { execFileSync } from 'node:child_process'
import { useChosenAddress } from '../../miniapp/src/features/addresses/chosen-address'
import { useMallFilter } from '../../miniapp/src/features/gifts/mall-filter'
import { rememberSearch, useSearchHistory } from '../../miniapp/src/features/gifts/search-history'
import { dropPending, keepPending, readPending } from '../../miniapp/src/features/staff/pending-hand-over'
import { type Redemption, signOutStaff } from '../../miniapp/src/features/staff/staff.queries'
import { keepDraft } from '../../miniapp/src/features/tasks/task-drafts'
import { queryClient } from '../../miniapp/src/platform/query-client'
import { api } from '../../miniapp/src/platform/request'
import { followOtherTabs, useSession } from '../../miniapp/src/platform/session'
import { keep } from '../../miniapp/src/platform/storage'
import taro, { platform } from './stubs/taro'
import { freshPhone, pending } from './support/render'

const session = (token: string) => ({ token, expiresAt: '2099-01-01T00:00:00.000Z' })
const refused = { statusCode: 401, data: { error: { code: 'auth.unauthenticated', message: '请登录' } } }
const keptNames = () => taro.getStorageInfoSync().keys.sort()

/** What a member leaves on a phone. */
function useThePhone(): void {
  rememberSearch('戒指')
  keepDraft({
    taskId: 'task',
    version: 1,
    answers: [{ questionId: 'one', choiceIds: ['a'], rating: null, text: null }],
  })
  keep('member', 'code.order-1', { digits: '123412341234' })
  keep('device', 'accent', '#112233')
  useChosenAddress.setState({ id: 'address' })
  useMallFilter.setState({ search: '戒指' })
  queryClient.setQueryData(['member', 'me'], { nick: '小满' })
}

function expectNothingLeft(): void {
  expect(keptNames()).toEqual(['jili.accent', 'jili.session'])
  expectNothingInMemory()
}

function expectNothingInMemory(): void {
  expect(queryClient.getQueryData(['member', 'me'])).toBeUndefined()
  expect(useSearchHistory.getState().words).toEqual([])
  expect(useChosenAddress.getState().id).toBeNull()
  expect(useMallFilter.getState().search).toBe('')
}

beforeEach(() => {
  freshPhone('member')
  useThePhone()
})

describe("what is a member's goes with the session", () => {
  it('when they sign out', () => {
    useSession.getState().signOut('member')
    expectNothingLeft()
  })

  it('when the server refuses the token', async () => {
    platform.answer = () => refused
    await expect(api('GET /api/member/points')).rejects.toThrow('请登录')
    expectNothingLeft()
  })

  it('when another person signs in', () => {
    useSession.getState().signIn('member', session('another-token'))
    expectNothingLeft()
  })

  it("and stays when staff's session ends", () => {
    useSession.getState().signIn('staff', session('staff-token'))
    useSession.getState().signOut('staff')
    expect(useSearchHistory.getState().words).toEqual(['戒指'])
    expect(keptNames()).toContain('jili.member.code.order-1')
  })
})

describe('on other tabs', () => {
  const keepAsOtherTab = (state: object) =>
    taro.setStorageSync('jili.session', JSON.stringify({ state, version: 0 }))
  const tell = () => window.dispatchEvent(new StorageEvent('storage', { key: 'jili.session' }))

  beforeAll(() => {
    process.env.TARO_ENV = 'h5'
    followOtherTabs()
  })
  afterAll(() => {
    process.env.TARO_ENV = undefined
  })

  it('signing out in one signs out all, and nothing is left in the memory of any', () => {
    keepAsOtherTab({ member: null, staff: null })
    tell()
    expect(useSession.getState().member).toBeNull()
    expectNothingInMemory()
  })

  it('another person who signed in there is signed in here, and keeps what they have kept since', () => {
    keepAsOtherTab({ member: session('another-token'), staff: null })
    keep('member', 'searches', ['书'])
    tell()
    expect(useSession.getState().member?.token).toBe('another-token')
    expectNothingInMemory()
    expect(keptNames()).toContain('jili.member.searches')
  })

  it('an emptied storage signs out', () => {
    taro.removeStorageSync('jili.session')
    window.dispatchEvent(new StorageEvent('storage', { key: null }))
    expect(useSession.getState().member).toBeNull()
  })
})

describe('what was under way when the session ended', () => {
  it('is not shown to the next person, whose session it does not end', async () => {
    const answer = pending<{ statusCode: number; data: unknown }>()
    platform.answer = () => answer.promise
    const asked = api('GET /api/member/points', { retries: 0 })
    useSession.getState().signIn('member', session('another-token'))
    answer.resolve({ statusCode: 200, data: { available: 1 } })
    await expect(asked).rejects.toMatchObject({ code: 'auth.unauthenticated' })
    expect(useSession.getState().member?.token).toBe('another-token')
  })

  it('is refused for the old token alone', async () => {
    const answer = pending<{ statusCode: number; data: unknown }>()
    platform.answer = () => answer.promise
    const asked = api('GET /api/member/points', { retries: 0 })
    useSession.getState().signIn('member', session('another-token'))
    answer.resolve(refused)
    await expect(asked).rejects.toMatchObject({ code: 'auth.unauthenticated' })
    expect(useSession.getState().member?.token).toBe('another-token')
  })
})

describe('a dead token', () => {
  it.each(['GET /api/member/gifts', 'GET /api/member/rains'] as const)(
    'does not keep anybody from %s, which needs none',
    async (route) => {
      platform.answer = ({ header }) =>
        header.authorization ? refused : { statusCode: 200, data: { items: [], nextCursor: null } }
      await expect(api(route)).resolves.toMatchObject({ items: [] })
      expect(useSession.getState().member).toBeNull()
    },
  )
})

describe('a hand-over that has no answer yet', () => {
  const redemption = { order: { id: 'order' } } as unknown as Redemption
  const waiting = { staffId: 'lin', code: '123412341234', redemption, idempotencyKey: 'key-1' }

  beforeEach(() => {
    useSession.getState().signIn('staff', session('staff-token'))
    keepPending(waiting)
  })

  it('keeps its key for who sent it when their session runs out, and is nobody else’s', () => {
    useSession.getState().signOut('staff')
    expect(readPending('lin')).toEqual(waiting)
    expect(readPending('zhou')).toBeNull()
  })

  it('is not lost when somebody else hands something over meanwhile', () => {
    keepPending({ ...waiting, staffId: 'zhou', idempotencyKey: 'key-2' })
    dropPending('zhou')
    expect(readPending('lin')).toEqual(waiting)
  })

  it('is forgotten when they sign out by hand', async () => {
    platform.answer = () => ({ statusCode: 204, data: null })
    queryClient.setQueryData(['staff', 'me'], { staff: { id: 'lin' } })
    await signOutStaff()
    expect(readPending('lin')).toBeNull()
  })
})

test('nothing is kept but through the one place that knows whose it is', () => {
  const found = execFileSync(
    'grep',
    ['-rlE', 'Taro\\.\\w+Storage|localStorage|sessionStorage|indexedDB|document\\.cookie', 'miniapp/src'],
    { encoding: 'utf8' },
  )
  expect(found.trim().split('\n')).toEqual(['miniapp/src/platform/storage.ts'])
})
