import { type EligibilityFacts, findObstacles } from '#bff/features/gifts/eligibility'
import { plainRules } from '#bff/features/gifts/gift.model'

const now = new Date('2026-06-15T04:00:00Z')
const today = '2026-06-15'

interface Case {
  gift?: Partial<EligibilityFacts['gift']>
  standing?: Partial<EligibilityFacts['standing']>
  taken?: Partial<EligibilityFacts['taken']>
  facts?: Partial<Omit<EligibilityFacts, 'gift' | 'standing' | 'taken'>>
}

/** A plain gift and a member with enough of everything; a case names only what matters to it. */
const factsOf = ({ gift, standing, taken, facts }: Case): EligibilityFacts => ({
  gift: { ...plainRules, _id: 'g1', onSale: true, saleStartsAt: null, saleEndsAt: null, ...gift },
  standing: {
    tier: 'regular',
    groups: [],
    joinedOn: '2026-06-01',
    birthday: '1990-06-15',
    isPhoneBound: false,
    spend: [],
    available: 1_000,
    entitlements: 0,
    ...standing,
  },
  taken: { byMember: 0, today: 0, inCampaign: 0, ofQuota: 0, ...taken },
  quantity: 1,
  poolQuantity: facts?.quantity ?? 1,
  pricePoints: 100,
  stock: 10,
  debt: 0,
  isBlocked: false,
  pointsPerDay: 55 / 7,
  now,
  today,
  ...facts,
})
const obstaclesOf = (given: Case) => findObstacles(factsOf(given))
const codesOf = (given: Case) => obstaclesOf(given).map(({ code }) => code)

test('a plain gift asks nothing but points and stock', () => {
  expect(obstaclesOf({})).toEqual([])
  // Written before there were rules: nothing of them in the document.
  const { gift, ...facts } = factsOf({})
  const bare = { _id: gift._id, onSale: true, saleStartsAt: null, saleEndsAt: null }
  expect(findObstacles({ ...facts, gift: bare as typeof gift })).toEqual([])
})

const dayLater = new Date(now.getTime() + 1)
test.each<[string, string, string, Case, Case]>([
  ['blocked', 'member.blocked', 'member.blocked', { facts: { isBlocked: true } }, {}],
  ['off sale', 'gift.not_on_sale', 'gift.not_on_sale', { gift: { onSale: false } }, {}],
  [
    'before the sale',
    'gift.not_on_sale',
    'gift.not_on_sale',
    { gift: { saleStartsAt: dayLater } },
    { gift: { saleStartsAt: now } },
  ],
  [
    'after the sale',
    'gift.not_on_sale',
    'gift.not_on_sale',
    { gift: { saleEndsAt: now } },
    { gift: { saleEndsAt: dayLater } },
  ],
  ['sold out', 'gift.sold_out', 'gift.sold_out', { facts: { stock: 0 } }, { facts: { stock: 1 } }],
  [
    'fewer left than wanted',
    'gift.sold_out',
    'gift.sold_out',
    { facts: { stock: 2, quantity: 3 } },
    { facts: { stock: 3, quantity: 3 } },
  ],
  [
    'per member',
    'gift.limit_reached',
    'gift.limit_reached',
    { gift: { perMemberLimit: 2 }, taken: { byMember: 2 } },
    { gift: { perMemberLimit: 2 }, taken: { byMember: 1 } },
  ],
  [
    'per day',
    'per_day',
    'gift.limit_reached',
    { gift: { perDayLimit: 2 }, taken: { today: 1 }, facts: { quantity: 2 } },
    { gift: { perDayLimit: 2 }, taken: { today: 1 } },
  ],
  [
    'per campaign',
    'campaign',
    'gift.limit_reached',
    { gift: { campaignId: 'summer' }, taken: { inCampaign: 1 } },
    { gift: { campaignId: 'summer' } },
  ],
  [
    'daily quota',
    'daily_quota',
    'gift.sold_out',
    { gift: { dailyQuota: 5 }, taken: { ofQuota: 5 } },
    { gift: { dailyQuota: 5 }, taken: { ofQuota: 4 } },
  ],
  [
    'per order',
    'per_order',
    'gift.limit_reached',
    { gift: { perOrderLimit: 2 }, facts: { quantity: 3 } },
    { gift: { perOrderLimit: 2 }, facts: { quantity: 2 } },
  ],
  [
    'tier',
    'tier',
    'gift.not_eligible',
    { gift: { minimumTier: 'gold' }, standing: { tier: 'silver' } },
    { gift: { minimumTier: 'gold' }, standing: { tier: 'diamond' } },
  ],
  [
    'group',
    'group',
    'gift.not_eligible',
    { gift: { groups: ['老友', '员工'] }, standing: { groups: ['邻居'] } },
    { gift: { groups: ['老友', '员工'] }, standing: { groups: ['邻居', '员工'] } },
  ],
  [
    'newcomers',
    'new_member',
    'gift.not_eligible',
    { gift: { newMemberDays: 14 }, standing: { joinedOn: '2026-06-01' } },
    { gift: { newMemberDays: 14 }, standing: { joinedOn: '2026-06-02' } },
  ],
  [
    'adults, the day before the birthday',
    'adult',
    'gift.not_eligible',
    { gift: { adultsOnly: true }, standing: { birthday: '2008-06-16' } },
    { gift: { adultsOnly: true }, standing: { birthday: '2008-06-15' } },
  ],
  [
    'adults, birthday unknown',
    'adult',
    'gift.not_eligible',
    { gift: { adultsOnly: true }, standing: { birthday: null } },
    { standing: { birthday: null } },
  ],
  [
    'phone',
    'phone',
    'gift.not_eligible',
    { gift: { phoneRequired: true } },
    { gift: { phoneRequired: true }, standing: { isPhoneBound: true } },
  ],
  [
    'spend outside the window',
    'spend',
    'gift.not_eligible',
    {
      gift: { spendThreshold: { fen: 10_000, windowDays: 7 } },
      standing: {
        spend: [
          { date: '2026-06-08', fen: 9_000 },
          { date: '2026-06-15', fen: 9_999 },
        ],
      },
    },
    {
      gift: { spendThreshold: { fen: 10_000, windowDays: 7 } },
      standing: {
        spend: [
          { date: '2026-06-09', fen: 1 },
          { date: '2026-06-15', fen: 9_999 },
        ],
      },
    },
  ],
  [
    'entitlement',
    'entitlement',
    'gift.not_eligible',
    { gift: { entitlement: '金卡礼' }, standing: { entitlements: 1 }, facts: { quantity: 2 } },
    { gift: { entitlement: '金卡礼' }, standing: { entitlements: 1 } },
  ],
  [
    'minimum balance',
    'minimum_balance',
    'gift.not_eligible',
    { gift: { minimumBalance: 100 }, standing: { available: 99 }, facts: { pricePoints: 5 } },
    { gift: { minimumBalance: 100 }, standing: { available: 100 }, facts: { pricePoints: 5 } },
  ],
  ['debt', 'points.in_debt', 'points.in_debt', { facts: { debt: 1 } }, {}],
  [
    'points for all pieces',
    'points.insufficient',
    'points.insufficient',
    { standing: { available: 199 }, facts: { quantity: 2 } },
    { standing: { available: 200 }, facts: { quantity: 2 } },
  ],
])('%s', (_name, code, refusal, refused, allowed) => {
  const [only, ...others] = obstaclesOf(refused)
  expect({ code: only?.code, refusal: only?.refusal, others }).toEqual({ code, refusal, others: [] })
  expect(only?.message).toMatch(/[\u4e00-\u9fff]/)
  expect(codesOf(allowed)).toEqual([])
})

test('several reasons are all named, each with what would help', () => {
  const found = obstaclesOf({
    gift: {
      minimumTier: 'gold',
      groups: ['员工'],
      newMemberDays: 1,
      adultsOnly: true,
      phoneRequired: true,
      spendThreshold: { fen: 10_000, windowDays: 30 },
      entitlement: '金卡礼',
      minimumBalance: 500,
      perMemberLimit: 1,
      dailyQuota: 1,
      campaignId: 'summer',
    },
    standing: { birthday: null, available: 20, tier: 'silver', spend: [{ date: today, fen: 2_550 }] },
    taken: { byMember: 1, inCampaign: 1, ofQuota: 1 },
    facts: { stock: 0 },
  })
  expect(found.map(({ code, message, help }) => [code, message, help])).toEqual([
    ['gift.sold_out', '已经换完了', '过几天再来看看'],
    ['gift.limit_reached', '每人最多换 1 件，你已经换过了', null],
    ['campaign', '这个活动每人限换 1 件，你已经换过了', '去看看别的'],
    ['daily_quota', '每天 1 件，今天的已经换完', '明天再来'],
    ['tier', '金卡及以上可兑', '再升一级就可以'],
    ['group', '仅限员工兑换', null],
    ['new_member', '仅限加入 1 天内的新会员', null],
    ['adult', '年满 18 周岁才能兑换', '请先登记生日'],
    ['phone', '要先绑定手机号', '绑定手机号后就可以'],
    ['spend', '最近 30 天消费满 100 元可兑', '再消费 74.50 元'],
    ['entitlement', '需要金卡礼资格', '获得资格后再来'],
    ['minimum_balance', '可用积分满 500 才能参加', '还差 480 积分'],
    ['points.insufficient', '还差 80 积分', '再签到 11 天左右'],
  ])
})

test.each([
  ['2008-02-29', '2026-02-27', false],
  ['2008-02-29', '2026-02-28', true],
  ['2026-06-15', '2026-06-15', false],
])('born on %s, on %s: adult is %s', (birthday, date, isAdult) => {
  const codes = codesOf({ gift: { adultsOnly: true }, standing: { birthday }, facts: { today: date } })
  expect(codes).toEqual(isAdult ? [] : ['adult'])
})
