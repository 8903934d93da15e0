import type { ResponseOf } from '#shared/contracts/index'
import type { Answerer } from './serve-h5'

type Gift = ResponseOf<'GET /api/member/gifts'>['items'][number]
type Order = ResponseOf<'GET /api/member/orders'>['items'][number]
type Entry = ResponseOf<'GET /api/member/points/entries'>['items'][number]
type Message = ResponseOf<'GET /api/member/inbox'>['items'][number]

const pageRows = 20
const names = ['随行保温杯 480ml 松针绿', '手冲咖啡壶', '羊毛盖毯 130×170 驼色加厚款', '帆布托特包']
const nameOf = (index: number): string => names[index % names.length] ?? ''
const instantOf = (index: number): string =>
  new Date(Date.parse('2026-01-07T04:00:00Z') - index * 7_200_000).toISOString()

const gift = (index: number): Gift => ({
  id: `gift-${index}`,
  name: nameOf(index),
  categoryId: 'travel',
  handOver: 'pickup',
  pricePoints: 600 + index,
  listPricePoints: 600 + index,
  isPriceFrom: false,
  priceReason: 'list',
  priceEndsAt: null,
  marketPriceFen: 16_800,
  pictureUrl: null,
  thumbnailUrl: null,
  stock: 12,
  isSoldOut: index % 9 === 8,
  isScarce: index % 5 === 0,
  isNew: index % 7 === 0,
  perMemberLimit: 1,
  saleEndsAt: null,
  eligibility: { canRedeem: true, redeemedByMe: 0, obstacles: [] },
})

const order = (index: number): Order => ({
  id: `order-${index}`,
  number: `2026010200${String(index).padStart(4, '0')}`,
  state: index % 3 === 0 ? 'shipped' : 'completed',
  handOver: 'delivery',
  items: [
    {
      giftId: `gift-${index}`,
      skuId: null,
      name: nameOf(index),
      skuName: null,
      thumbnailUrl: null,
      quantity: 1,
      pricePoints: 600,
    },
  ],
  totalPoints: 600,
  placedAt: instantOf(index),
  pickUpExpiresAt: null,
})

const entry = (index: number): Entry => ({
  id: `entry-${index}`,
  kind: 'earn',
  change: 5,
  availableAfter: 100_000 - index * 5,
  title: '每日签到',
  detail: null,
  rules: [{ id: 'check-in.daily', title: '每日签到 5' }],
  orderId: index % 4 === 0 ? `order-${index}` : null,
  expiresOn: '2027-01-07',
  occurredAt: instantOf(index),
  businessDate: instantOf(index).slice(0, 10),
})

const message = (index: number): Message => ({
  id: `message-${index}`,
  title: '礼品发出了',
  body: `${nameOf(index)}已经交给顺丰速运，点开看看走到哪里了。`,
  orderId: `order-${index}`,
  giftId: null,
  taskId: null,
  isRead: index > 3,
  occurredAt: instantOf(index),
})

function pageOf<Row>(row: (index: number) => Row, rows: number, query: URLSearchParams) {
  const from = Number(query.get('cursor') ?? 0)
  const to = Math.min(rows, from + Number(query.get('limit') ?? pageRows))
  const items = Array.from({ length: Math.max(0, to - from) }, (_, offset) => row(from + offset))
  return { items, nextCursor: to < rows ? String(to) : null }
}

const me: ResponseOf<'GET /api/member/me'> = {
  member: {
    id: 'member-1',
    nick: '小满',
    avatarUrl: null,
    tier: 'regular',
    inviteCode: 'ABCD2345',
    joinedAt: '2025-11-01T04:00:00.000Z',
    isBlocked: false,
  },
  profile: { birthday: null, phoneMasked: null, consent: null, mutedTopics: [] },
  points: { available: 1_200, frozen: 0, debt: 0 },
  unreadMessages: 0,
}

const checkIns: ResponseOf<'GET /api/member/check-ins'> = {
  month: '2026-01',
  days: [{ businessDate: '2026-01-06', points: 5, streakDays: 1 }],
  today: { businessDate: '2026-01-07', isCheckedIn: false, points: 5, streakDays: 1 },
  tomorrow: { businessDate: '2026-01-08', points: 5, streakDays: 3 },
  nextBonus: { businessDate: '2026-01-12', points: 25, streakDays: 7 },
  week: (['missed', 'checked', 'today', 'upcoming', 'upcoming', 'upcoming', 'upcoming'] as const).map(
    (state, index) => ({
      businessDate: `2026-01-${String(5 + index).padStart(2, '0')}`,
      state,
      points: state === 'missed' ? 0 : 5,
    }),
  ),
  progress: [{ days: 7, doneDays: 1, businessDate: '2026-01-12', reward: '20 积分' }],
  milestones: [],
  madeUpDates: [],
  makeUp: {
    dates: ['2026-01-05'],
    price: { with: 'card' },
    ...{ left: 3, monthLimit: 3, daysBack: 30, cards: 1 },
  },
  reminder: { isOn: false, hour: 20, templateId: null, wechatLeft: 0 },
}

/** A member's API whose every list has so many rows, by the contracts' shapes. */
export function apiWithRows(rows: number): Answerer {
  const routes: Record<string, (query: URLSearchParams) => unknown> = {
    '/api/member/me': () => me,
    '/api/member/points': () => ({ ...me.points, expiringSoon: [] }),
    '/api/member/check-ins': () => checkIns,
    '/api/member/gift-categories': () => ({ items: [] }),
    '/api/member/brand': () => ({ brand: { accentColor: null } }),
    '/api/member/gifts': (query) => ({ ...pageOf(gift, rows, query), total: rows }),
    '/api/member/orders': (query) => pageOf(order, rows, query),
    '/api/member/inbox': (query) => ({ ...pageOf(message, rows, query), unread: 4 }),
    '/api/member/points/entries': (query) => {
      const page = pageOf(entry, rows, query)
      const months = [...new Set(page.items.map(({ businessDate }) => businessDate.slice(0, 7)))]
      return { ...page, months: months.map((month) => ({ month, gained: 1_550, used: 0 })) }
    },
  }
  return (path, query) => routes[path]?.(query)
}
