import { act, fireEvent, waitFor } from '@testing-library/react'
import type { Me } from '../../miniapp/src/features/members/member.queries'
import CloseAccountPage from '../../miniapp/src/packages/member/close'
import HelpPage from '../../miniapp/src/packages/member/help'
import ProfilePage from '../../miniapp/src/packages/member/profile'
import SettingsPage from '../../miniapp/src/packages/member/settings'
import { useSession } from '../../miniapp/src/platform/session'
import { platform } from './stubs/taro'
import { byId, freshPhone, refusal, renderInApp, serveRoutes, timesSent } from './support/render'
import { sampleMe } from './support/samples'

const tap = (container: HTMLElement, id: string) => fireEvent.click(byId(container, id))
const bodyOf = (method: string, path: string): unknown[] =>
  platform.requests
    .filter((sent) => sent.method === method && sent.url === path)
    .map(({ data }) => (data === undefined ? undefined : JSON.parse(String(data))))
const toast = (container: HTMLElement) => byId(container, 'toast').textContent
const isSignedIn = () => useSession.getState().member !== null

let me: Me

beforeEach(() => {
  freshPhone('member')
  me = sampleMe()
})

describe('the profile', () => {
  const path = '/api/member/me/profile'
  const serve = (
    save: () => unknown = () => ({ profile: me.profile, nick: me.member.nick, avatarUrl: null }),
  ) => serveRoutes({ 'GET /api/member/me': () => me, [`POST ${path}`]: save })
  const open = async () => {
    const { container } = renderInApp(<ProfilePage />)
    await waitFor(() => byId(container, 'nick-input'))
    return container
  }
  const typeNick = (container: HTMLElement, value: string) =>
    fireEvent.change(byId(container, 'nick-input'), { target: { value } })

  it('sends only what was changed, without spaces around it', async () => {
    serve()
    const container = await open()
    typeNick(container, '  小雪 ')
    tap(container, 'save-profile')
    await waitFor(() => expect(toast(container)).toBe('已保存'))
    expect(bodyOf('POST', path)).toEqual([{ nick: '小雪' }])
  })

  it('sends nothing when nothing is new, and nothing without a name', async () => {
    serve()
    const container = await open()
    tap(container, 'save-profile')
    expect(toast(container)).toBe('没有改动')
    typeNick(container, '   ')
    tap(container, 'save-profile')
    expect(byId(container, 'profile-error').textContent).toContain('昵称不能空着')
    expect(timesSent('POST', path)).toBe(0)
  })

  it('keeps what was typed when the server refuses it, and says why', async () => {
    serve(() => refusal(409, 'member.nick_refused', '这个昵称不能用，换一个试试'))
    const container = await open()
    typeNick(container, '坏名字')
    tap(container, 'save-profile')
    await waitFor(() => expect(byId(container, 'profile-error').textContent).toContain('这个昵称不能用'))
    expect((byId(container, 'nick-input') as HTMLInputElement).value).toBe('坏名字')
  })

  it('shows a birthday that is set as fixed, and the phone number masked', async () => {
    me = sampleMe({ profile: { ...me.profile, birthday: '1995-03-08', phoneMasked: '138****8000' } })
    serve()
    const container = await open()
    expect(byId(container, 'birthday').textContent).toBe('1995年3月8日')
    expect(container.textContent).toContain('要改生日请联系客服')
    expect(byId(container, 'phone').textContent).toBe('138****8000')
  })
})

describe('the settings', () => {
  const path = '/api/member/me/profile'
  const open = async (save: () => unknown = () => ({})) => {
    serveRoutes({
      'GET /api/member/me': () => me,
      [`POST ${path}`]: save,
      'DELETE /api/member/session': () => null,
      'DELETE /api/member/me/consent': () => null,
    })
    const { container } = renderInApp(<SettingsPage />)
    await waitFor(() => byId(container, 'topic-points'))
    return container
  }

  it('mutes a topic, and keeps those that were muted before', async () => {
    me = sampleMe({ profile: { ...me.profile, mutedTopics: ['wishes'] } })
    const container = await open()
    expect(byId(container, 'topic-points').getAttribute('aria-checked')).toBe('true')
    expect(byId(container, 'topic-wishes').getAttribute('aria-checked')).toBe('false')
    tap(container, 'topic-points')
    await waitFor(() => expect(timesSent('POST', path)).toBe(1))
    expect(bodyOf('POST', path)).toEqual([{ mutedTopics: ['wishes', 'points'] }])
  })

  it('says why a topic could not be changed', async () => {
    const container = await open(() => refusal(409, 'member.closed', '账号已注销'))
    tap(container, 'topic-wishes')
    await waitFor(() => expect(toast(container)).toBe('账号已注销'))
    expect(byId(container, 'topic-wishes').getAttribute('aria-checked')).toBe('true')
  })

  it('tells when the privacy terms were agreed to, and opens them', async () => {
    const container = await open()
    expect(byId(container, 'read-privacy').textContent).toContain('已同意')
    tap(container, 'read-privacy')
    expect(byId(container, 'document').textContent).toContain('隐私政策')
  })

  it('asks before it signs out, and then forgets the token', async () => {
    const container = await open()
    tap(container, 'settings-sign-out')
    expect(timesSent('DELETE', '/api/member/session')).toBe(0)
    tap(container, 'confirm-yes')
    await waitFor(() => expect(isSignedIn()).toBe(false))
    expect(timesSent('DELETE', '/api/member/session')).toBe(1)
    expect(platform.opened).toEqual(['/pages/home/index'])
  })

  it('takes the consent back only after it was asked once more', async () => {
    const container = await open()
    tap(container, 'withdraw-consent')
    tap(container, 'confirm-no')
    expect(timesSent('DELETE', '/api/member/me/consent')).toBe(0)
    tap(container, 'withdraw-consent')
    tap(container, 'confirm-yes')
    await waitFor(() => expect(platform.opened).toEqual(['/pages/home/index']))
    expect(isSignedIn()).toBe(false)
    expect(toast(container)).toBe('已撤回同意并退出登录')
    expect(timesSent('DELETE', '/api/member/me/consent')).toBe(1)
  })
})

describe('closing the account', () => {
  const path = '/api/member/me/close'
  const open = async (closing: object, close: () => unknown = () => ({ forfeitedPoints: 1_200 })) => {
    serveRoutes({
      'GET /api/member/me/closing': () => ({ obstacles: [], availablePoints: 1_200, ...closing }),
      [`POST ${path}`]: close,
    })
    const { container } = renderInApp(<CloseAccountPage />)
    await waitFor(() => byId(container, 'close'))
    return container
  }

  it('says what is lost, and needs a tick and a second yes', async () => {
    const container = await open({})
    expect(container.textContent).toContain('1,200 可用积分作废')
    tap(container, 'close-account')
    expect(byId(container, 'closing-error').textContent).toContain('请先看过并勾选')
    tap(container, 'closing-understood')
    tap(container, 'close-account')
    expect(timesSent('POST', path)).toBe(0)
    tap(container, 'confirm-yes')
    await waitFor(() => expect(platform.opened).toEqual(['/pages/home/index']))
    expect(isSignedIn()).toBe(false)
    expect(toast(container)).toBe('账号已注销，有缘再见')
    expect(bodyOf('POST', path)).toEqual([{ isUnderstood: true }])
  })

  it('offers no closing while something stands in the way, and leads to the orders', async () => {
    const message = '还有 2 个订单在路上'
    const container = await open({ obstacles: [{ code: 'orders_under_way', message }] })
    expect(byId(container, 'closing-obstacles').textContent).toContain(message)
    expect(container.querySelector('#close-account')).toBeNull()
    tap(container, 'to-orders')
    expect(platform.opened).toEqual(['/pages/orders/index'])
  })

  it('tries again under the same key after a lost answer', async () => {
    let isOffline = true
    const container = await open({}, () => {
      if (isOffline) throw { errMsg: 'request:fail' }
      return { forfeitedPoints: 1_200 }
    })
    tap(container, 'closing-understood')
    tap(container, 'close-account')
    tap(container, 'confirm-yes')
    await waitFor(() => expect(byId(container, 'closing-error').textContent).toContain('网络连不上'))
    expect(isSignedIn()).toBe(true)
    isOffline = false
    tap(container, 'close-account')
    tap(container, 'confirm-yes')
    await waitFor(() => expect(isSignedIn()).toBe(false))
    const keys = platform.requests
      .filter(({ method }) => method === 'POST')
      .map(({ header }) => header['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toBeTruthy()
  })
})

describe('help', () => {
  const article = (id: string, section: string) => ({ id, section, question: `问 ${id}`, answer: `答 ${id}` })
  const open = async (items: object[], contact: object = {}) => {
    serveRoutes({
      'GET /api/member/help': () => ({
        items,
        contact: { phone: null, hours: null, note: null, ...contact },
      }),
    })
    const { container } = renderInApp(<HelpPage />)
    await waitFor(() => byId(container, 'help'))
    return container
  }

  it('groups questions by section and folds an answer out and in again', async () => {
    const container = await open([article('1', '积分'), article('2', '兑换'), article('3', '积分')])
    const sections = [...container.querySelectorAll('.help-section')].map(({ textContent }) => textContent)
    expect(sections).toEqual(['积分', '兑换'])
    expect(container.textContent).not.toContain('答 3')
    tap(container, 'help-3')
    expect(byId(container, 'help-3-answer').textContent).toBe('答 3')
    tap(container, 'help-3')
    expect(container.querySelector('#help-3-answer')).toBeNull()
  })

  it('is there for visitors, says so when it is empty, and shows no contact that is none', async () => {
    freshPhone()
    const container = await open([])
    expect(container.textContent).toContain('还没有帮助内容')
    expect(container.querySelector('.help-contact')).toBeNull()
  })

  it('gives the number to dial by hand where the phone cannot', async () => {
    const container = await open([], { phone: '400 820 8820', hours: '每天 9:00–21:00' })
    expect(container.textContent).toContain('每天 9:00–21:00')
    await act(async () => tap(container, 'help-call'))
    expect(toast(container)).toBe('没能拨号，请手动拨打 400 820 8820')
  })
})
