import { act, fireEvent, waitFor } from '@testing-library/react'
import { forgetMember } from '../../miniapp/src/features/members/member.queries'
import TaskDetailPage from '../../miniapp/src/packages/task/detail'
import TaskListPage from '../../miniapp/src/packages/task/list'
import { platform } from './stubs/taro'
import { byId, freshPhone, refusal, renderInApp, serveRoutes, timesSent } from './support/render'

const task = (more: object = {}) => ({
  id: 't1',
  version: 1,
  name: '聊聊门店',
  description: '一分钟',
  kind: 'survey',
  schedule: 'once',
  rewardPoints: 20,
  standing: 'open',
  obstacle: null,
  closesAt: null,
  progress: null,
  earnedPoints: null,
  ...more,
})
const choices = [
  { id: 'a', label: '甲' },
  { id: 'b', label: '乙' },
  { id: 'c', label: '丙' },
]
const questions = [
  { kind: 'single', id: 'one', title: '常来哪家', isRequired: true, choices, rightIds: null },
  {
    kind: 'multiple',
    id: 'many',
    title: '喜欢什么',
    isRequired: true,
    choices,
    min: 1,
    max: 2,
    rightIds: null,
  },
  { kind: 'rating', id: 'stars', title: '打几分', isRequired: false },
  { kind: 'text', id: 'words', title: '想说的', isRequired: false, maxCharacters: 20 },
]
const detail = (more: object = {}, ofTask: object = {}) => ({
  task: task(ofTask),
  profile: null,
  accountName: null,
  questions: null,
  passCount: null,
  instructions: null,
  triesLeft: null,
  ...more,
})
const submitted = (more: object = {}) => ({
  outcome: 'done',
  points: 20,
  cuts: [],
  balance: 120,
  quiz: null,
  ...more,
})
const path = '/api/member/tasks/t1/submissions'
const sent = () =>
  platform.requests.filter(({ method }) => method === 'POST').map(({ data }) => JSON.parse(String(data)))

async function openTask(page: object, onSubmit: () => unknown = () => submitted()) {
  platform.params = { id: 't1' }
  serveRoutes({ 'GET /api/member/tasks/t1': () => page, [`POST ${path}`]: onSubmit })
  const { container, unmount } = renderInApp(<TaskDetailPage />)
  await waitFor(() => expect(container.querySelector('#task-name, #task-done')).not.toBeNull())
  const at = (id: string) => container.querySelector(`#${id}`)
  const tap = (id: string) => act(async () => void fireEvent.click(byId(container, id)))
  return { container, unmount, at, tap, error: () => at('task-error')?.textContent }
}

beforeEach(() => freshPhone('member'))

describe('the task centre', () => {
  const list = async (items: object[]) => {
    serveRoutes({ 'GET /api/member/tasks': () => ({ items, businessDate: '2026-01-05' }) })
    const { container, unmount } = renderInApp(<TaskListPage />)
    await waitFor(() => expect(container.textContent).not.toBe(''))
    leave = unmount
    return container
  }
  let leave: () => void

  it('groups tasks, says what each is about now, and what is left to gain', async () => {
    const container = await list([
      task({ id: 'done', standing: 'done', earnedPoints: 15 }),
      task({ id: 'daily', schedule: 'daily', kind: 'quiz', name: '每日一题', rewardPoints: 5 }),
      task({ id: 'new', schedule: 'newcomer', kind: 'profile', progress: { done: 1, total: 3 } }),
      task({ id: 'full', kind: 'profile', progress: { done: 2, total: 2 } }),
      task({
        id: 'back',
        kind: 'proof',
        standing: 'rejected',
        obstacle: { code: 'task.rejected', message: '看不清' },
      }),
      task({
        id: 'wait',
        kind: 'proof',
        standing: 'in_review',
        obstacle: { code: 'task.in_review', message: '审核中' },
      }),
      task({
        id: 'gold',
        standing: 'unavailable',
        obstacle: { code: 'task.not_for_you', message: '只给金卡' },
      }),
    ])
    await waitFor(() => expect(container.querySelector('#task-summary')).not.toBeNull())
    expect(byId(container, 'task-summary').textContent).toContain('4 个任务等你完成')
    expect([...container.querySelectorAll('.section__title')].map(({ textContent }) => textContent)).toEqual([
      '新手任务',
      '每日任务',
      '更多任务',
    ])
    const row = (id: string) => byId(container, `task-${id}`).textContent
    expect(row('done')).toBe('聊聊门店一分钟+15已完成')
    expect(row('daily')).toBe('每日一题一分钟+5去答题')
    expect(row('new')).toContain('已完成 1/3+20去完善')
    expect(row('full')).toContain('领取')
    expect(row('back')).toContain('未通过：看不清+20重新上传')
    expect(row('wait')).toContain('审核中')
    expect(row('gold')).toBe('聊聊门店只给金卡+20')
    fireEvent.click(byId(container, 'task-daily'))
    expect(platform.opened).toEqual(['/packages/task/detail/index?id=daily'])
  })

  it('says when all is done, when there is nothing, and invites who is not signed in', async () => {
    const done = await list([task({ standing: 'done', earnedPoints: 20 })])
    await waitFor(() => expect(done.textContent).toContain('能做的都做完了'))
    leave()
    freshPhone('member')
    const none = await list([])
    await waitFor(() => expect(none.querySelector('#to-check-in')).not.toBeNull())
    leave()
    freshPhone()
    const { container } = renderInApp(<TaskListPage />)
    expect(container.textContent).toContain('登录后做任务得积分')
  })
})

describe('a survey', () => {
  it('is sent once every question is answered as it asks, and counts up what came of it', async () => {
    const page = await openTask(detail({ questions }))
    await page.tap('task-submit')
    expect(sent()).toHaveLength(0)
    expect(byId(page.container, 'question-one').textContent).toContain('这一题还没有答')
    await page.tap('choice-one-b')
    for (const id of ['a', 'b', 'c']) await page.tap(`choice-many-${id}`)
    await page.tap('star-stars-4')
    fireEvent.change(byId(page.container, 'text-words'), { target: { value: '很好' } })
    expect(byId(page.container, 'task-answered').textContent).toBe('已答 4/4')
    await page.tap('task-submit')
    await waitFor(() => expect(page.at('task-done')).not.toBeNull())
    expect(sent()[0]).toEqual({
      kind: 'survey',
      version: 1,
      answers: [
        { questionId: 'one', choiceIds: ['b'], rating: null, text: null },
        { questionId: 'many', choiceIds: ['a', 'b'], rating: null, text: null },
        { questionId: 'stars', choiceIds: null, rating: 4, text: null },
        { questionId: 'words', choiceIds: null, rating: null, text: '很好' },
      ],
    })
    await waitFor(() => expect(page.at('task-earned')?.textContent).toBe('+20'))
  })

  it('keeps its answers when the page is left, of this version, and for this person only', async () => {
    const first = await openTask(detail({ questions }))
    await first.tap('choice-one-c')
    first.unmount()
    const again = await openTask(detail({ questions }))
    expect(byId(again.container, 'choice-one-c').getAttribute('aria-checked')).toBe('true')
    again.unmount()
    const changed = await openTask(detail({ questions }, { version: 2 }))
    await waitFor(() =>
      expect(byId(changed.container, 'choice-one-c').getAttribute('aria-checked')).toBe('false'),
    )
    changed.unmount()
    forgetMember()
    expect(platform.requests.length).toBeGreaterThan(0)
    const taro = (await import('./stubs/taro')).default
    expect(taro.getStorageInfoSync().keys.filter((name) => name.startsWith('jili.member.'))).toEqual([])
  })

  it('says why it was refused and keeps what was answered', async () => {
    const page = await openTask(detail({ questions: questions.slice(0, 1) }), () =>
      refusal(409, 'task.text_refused', '有的文字不能提交'),
    )
    await page.tap('choice-one-a')
    await page.tap('task-submit')
    await waitFor(() => expect(page.error()).toBe('有的文字不能提交'))
    expect(byId(page.container, 'choice-one-a').getAttribute('aria-checked')).toBe('true')
  })
})

describe('a quiz', () => {
  it('tells how many were right and lets one try again; passed, it shows what was right', async () => {
    const quiz = { correctCount: 1, questionCount: 2, triesLeft: 2 }
    const two = questions.slice(0, 2)
    const page = await openTask(
      detail({ questions: two, passCount: 2, triesLeft: 3 }, { kind: 'quiz' }),
      () => submitted({ outcome: 'failed', points: 0, quiz }),
    )
    expect(page.container.textContent).toContain('答对 2 题就通过，一共 2 题，今天还能答 3 次')
    await page.tap('choice-one-a')
    await page.tap('choice-many-a')
    await page.tap('task-submit')
    await waitFor(() => expect(page.error()).toBe('答对 1/2 题，还差一点。今天还能答 2 次'))
    page.unmount()
    freshPhone('member')
    const right = two.map((question) => ({ ...question, rightIds: ['b'] }))
    const passed = await openTask(
      detail(
        { questions: right, passCount: 2, triesLeft: 1 },
        { kind: 'quiz', standing: 'done', earnedPoints: 5 },
      ),
    )
    expect(passed.container.querySelectorAll('.choice__right')).toHaveLength(2)
    expect(passed.at('task-submit')).toBeNull()
  })
})

describe('a proof', () => {
  it('says why the last one was rejected, waits for its photo, and then for review', async () => {
    const rejected = { standing: 'rejected', obstacle: { code: 'task.rejected', message: '看不清' } }
    const page = await openTask(
      detail({ instructions: '拍一张', triesLeft: 2 }, { kind: 'proof', ...rejected }),
      () => submitted({ outcome: 'in_review', points: 0 }),
    )
    expect(page.at('task-rejected')?.textContent).toBe('未通过：看不清')
    await page.tap('task-submit')
    expect(page.error()).toBe('请至少传一张照片')
    platform.chosenPhotos = ['temporary:1']
    platform.answerUpload = () => ({ statusCode: 201, data: JSON.stringify({ upload: { id: 'photo-1' } }) })
    await page.tap('photo-add')
    await waitFor(() => expect(page.at('photo-state-0')).toBeNull())
    await page.tap('task-submit')
    await waitFor(() => expect(page.at('task-state')?.textContent).toContain('已收到，审核中'))
    expect(sent()[0]).toEqual({ kind: 'proof', version: 1, photoIds: ['photo-1'], note: '' })
  })
})

describe('following', () => {
  it('asks by itself until WeChat has told, and says so when it has not', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] })
    try {
      let asked = 0
      const page = await openTask(detail({ accountName: '积礼生活' }, { kind: 'follow' }), () => {
        asked += 1
        return asked < 3 ? refusal(409, 'task.not_proven', '还没有看到你的关注') : submitted({ points: 50 })
      })
      expect(page.at('copy-account')?.textContent).toContain('积礼生活')
      await page.tap('task-submit')
      expect(page.at('task-submit')?.textContent).toBe('正在确认')
      for (let i = 0; i < 4; i += 1) await act(async () => void (await jest.advanceTimersByTimeAsync(3_000)))
      expect(timesSent('POST', path)).toBe(3)
      expect(page.at('task-done')).not.toBeNull()
    } finally {
      jest.useRealTimers()
    }
  })
})

describe('a profile', () => {
  it('leads to what is missing, and gives the points once nothing is', async () => {
    const some = [
      { field: 'nick', isDone: true },
      { field: 'birthday', isDone: false },
    ]
    const page = await openTask(detail({ profile: some }, { kind: 'profile' }))
    expect(page.container.textContent).toContain('还差 1 项')
    await page.tap('task-to-profile')
    expect(platform.opened).toEqual(['/packages/member/profile/index'])
    page.unmount()
    freshPhone('member')
    const all = some.map((one) => ({ ...one, isDone: true }))
    const full = await openTask(detail({ profile: all }, { kind: 'profile' }))
    await full.tap('task-submit')
    await waitFor(() => expect(full.at('task-done')).not.toBeNull())
  })
})

it('a task that is not for this member says why and offers nothing', async () => {
  const obstacle = { code: 'task.not_for_you', message: '只给金卡' }
  const page = await openTask(detail({ questions }, { standing: 'unavailable', obstacle }))
  expect(page.at('task-state')?.textContent).toContain('只给金卡')
  expect(page.at('task-submit')).toBeNull()
})
