import { fireEvent, waitFor } from '@testing-library/react'
import { signInMember } from '../../miniapp/src/features/members/member.queries'
import InvitePage from '../../miniapp/src/packages/member/invite'
import { rememberInvite } from '../../miniapp/src/platform/invite'
import { byId, freshPhone, renderInApp, serveRoutes } from './support/render'

const page = (more: object = {}) => ({
  items: [],
  nextCursor: null,
  ...{ inviteCode: 'ABCD2345', act: 'check_in', inviterPoints: 50, inviteePoints: 20 },
  ...{ monthLimit: 20, rewardedThisMonth: 0 },
  ...more,
})
const row = (more: object) => ({
  ...{
    nick: '小* · 尾号 A1B2',
    state: 'joined',
    joinedAt: '2026-01-01T00:00:00.000Z',
    points: 0,
    reason: null,
  },
  ...more,
})

async function open(answer: object): Promise<HTMLElement> {
  serveRoutes({ 'GET /api/member/invitations': () => answer })
  const { container } = renderInApp(<InvitePage />)
  await waitFor(() => expect(container.querySelector('#invite-code')).not.toBeNull())
  return container
}

describe('the invite page', () => {
  beforeEach(() => freshPhone('member'))

  it('says what both get and for what, and copies the code', async () => {
    const container = await open(page())
    expect([...container.querySelectorAll('.invite-reward')].map(({ textContent }) => textContent)).toEqual([
      '+50你得积分',
      '+20好友得积分',
    ])
    expect(container.textContent).toContain('好友用邀请码注册并首次签到，你们都有奖励')
    expect(container.textContent).toContain('还没有好友接受邀请')
    fireEvent.click(byId(container, 'copy-code'))
    await waitFor(() => expect(byId(container, 'toast').textContent).toBe('邀请码已复制'))
  })

  it('shows of each friend how far it is, and why there is no reward', async () => {
    const container = await open(
      page({
        rewardedThisMonth: 1,
        items: [
          row({}),
          row({ nick: '阿* · 尾号 C3D4', state: 'void', reason: '和你用的是同一台手机' }),
          row({ nick: '周* · 尾号 E5F6', state: 'rewarded', points: 50 }),
        ],
      }),
    )
    expect([...container.querySelectorAll('.invite-row')].map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/加入还差一步$/),
      expect.stringMatching(/和你用的是同一台手机不算邀请$/),
      expect.stringMatching(/\+50$/),
    ])
    expect(container.textContent).toContain('本月已奖励 1 次，最多 20 次')
  })
})

describe('an invite code', () => {
  const told: object[] = []
  beforeEach(() => {
    freshPhone()
    told.length = 0
    serveRoutes({
      'POST /api/member/session': ({ data }: { data: unknown }) => {
        told.push(typeof data === 'string' ? JSON.parse(data) : (data as object))
        return { token: 't', expiresAt: '2099-01-01T00:00:00.000Z' }
      },
    })
  })

  it.each([
    ['a link', { invite: 'ABCD2345' }],
    ['a mini-program code', { scene: 'i%3DABCD2345' }],
  ])(
    'of %s goes along with the first sign-in and no further, with the name of the phone',
    async (_, query) => {
      rememberInvite(query)
      await signInMember('code')
      await signInMember('code')
      expect(told).toEqual([
        expect.objectContaining({ inviteCode: 'ABCD2345', deviceId: expect.stringMatching(/^\w{32}$/) }),
        expect.not.objectContaining({ inviteCode: expect.anything() }),
      ])
      const [first, second] = told as { deviceId: string }[]
      expect(second?.deviceId).toBe(first?.deviceId)
    },
  )

  it('that is none is not kept', async () => {
    rememberInvite({ invite: '<script>' })
    await signInMember('code')
    expect(told[0]).not.toHaveProperty('inviteCode')
  })
})
