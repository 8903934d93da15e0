import { waitFor } from '@testing-library/react'
import { TierBadge } from '../../miniapp/src/features/members/tier-badge'
import TierPage from '../../miniapp/src/packages/member/tier'
import { platform } from './stubs/taro'
import { byId, freshPhone, renderInApp, serveRoutes } from './support/render'

const step = (tier: string, threshold: number, more: object = {}) => ({
  ...{ tier, threshold, pointsPercent: 100, rewardPoints: 0, isRewarded: false },
  ...{ exclusiveGifts: 0, pricedGifts: 0 },
  ...more,
})
const page = (more: object = {}) => ({
  ...{ tier: 'silver', growth: 1_500, floor: null, lent: null, keptUntil: null },
  next: { tier: 'gold', missing: 3_500 },
  nextFalloff: { date: '2026-08-01', value: 40 },
  recent: [{ date: '2026-07-01', value: 12 }],
  tiers: [
    step('regular', 0),
    step('silver', 1_000, { pointsPercent: 120, rewardPoints: 50, isRewarded: true, pricedGifts: 3 }),
    step('gold', 5_000, { pointsPercent: 150, rewardPoints: 200, exclusiveGifts: 2, pricedGifts: 3 }),
  ],
  earning: { perYuan: 1, perCheckIn: 0 },
  ...more,
})

const open = async (answer: object) => {
  serveRoutes({ 'GET /api/member/tier': () => answer })
  const { container } = renderInApp(<TierPage />)
  await waitFor(() => byId(container, 'tier-name'))
  return container
}

beforeEach(() => freshPhone('member'))

it('shows the growth, what is missing, and only what a tier really gives', async () => {
  const container = await open(page())
  const text = container.textContent ?? ''
  expect(byId(container, 'growth').textContent).toBe('1,500')
  for (const words of [
    '再攒 3,500，升到金卡会员',
    '消费得 1.2 倍积分',
    '升级礼 50 积分，已领',
    '实付每满 1 元',
  ])
    expect(text).toContain(words)
  for (const words of ['0 件', '送 0 积分', '每天签到']) expect(text).not.toContain(words)
})

it('says until when a tier is kept, and what would keep it', async () => {
  const container = await open(page({ growth: 700, keptUntil: '2026-08-20' }))
  expect(byId(container, 'tier-at-risk').textContent).toContain('再攒 300 就能留在银卡会员')
})

it('says what to do where nothing has grown, and nothing of a next tier above the highest', async () => {
  const container = await open(page({ recent: [], next: null, nextFalloff: null }))
  expect(container.textContent).toContain('还没有成长值')
  expect(container.textContent).toContain('已经是最高等级')
})

it('is one tap from the badge', () => {
  const { container } = renderInApp(<TierBadge tier="gold" />)
  byId(container, 'to-tier').click()
  expect(platform.opened.at(-1)).toContain('/packages/member/tier/index')
})
