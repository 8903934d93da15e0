import type { CheckIns } from '../../../miniapp/src/features/check-ins/check-in.queries'
import type { GiftDetail } from '../../../miniapp/src/features/gifts/gift.queries'
import type { Me } from '../../../miniapp/src/features/members/member.queries'
import type { OrderDetail } from '../../../miniapp/src/features/orders/order.queries'

/** A gift to collect in a store; an override shows what matters to the test. */
export const sampleGift = (override: Partial<GiftDetail> = {}): GiftDetail => ({
  id: 'gift-1',
  name: '随行保温杯 480ml 松针绿',
  categoryId: 'travel',
  handOver: 'pickup',
  pricePoints: 3_600,
  listPricePoints: 3_600,
  isPriceFrom: false,
  priceReason: 'list',
  priceEndsAt: null,
  marketPriceFen: 16_800,
  pictureUrl: null,
  thumbnailUrl: null,
  stock: 12,
  isSoldOut: false,
  isScarce: true,
  isNew: false,
  perMemberLimit: 1,
  saleEndsAt: null,
  galleryUrls: [],
  summary: null,
  description: null,
  terms: null,
  totalStock: 100,
  redeemedCount: 3,
  skus: [],
  stores: [
    {
      id: 'store-1',
      name: '静安店',
      address: '南京西路 1266 号',
      hours: '10:00–22:00',
      phone: null,
      pictureUrl: null,
      left: null,
    },
  ],
  stockPerStore: false,
  pickUpValidDays: 14,
  returnDays: 7,
  perOrderLimit: null,
  perDayLimit: null,
  eligibility: { canRedeem: true, redeemedByMe: 0, obstacles: [] },
  ...override,
})

/** An order that waits to be collected. */
export const sampleOrder = (override: Partial<OrderDetail> = {}): OrderDetail => ({
  id: 'order-1',
  number: '20260102000001',
  state: 'to_pick_up',
  handOver: 'pickup',
  items: [
    {
      giftId: 'gift-1',
      skuId: null,
      name: '随行保温杯 480ml 松针绿',
      skuName: null,
      thumbnailUrl: null,
      quantity: 1,
      pricePoints: 3_600,
    },
  ],
  totalPoints: 3_600,
  placedAt: '2026-01-02T04:00:00.000Z',
  pickUpExpiresAt: '2026-01-16T15:59:59.999Z',
  address: null,
  stores: [{ id: 'store-1', name: '静安店', address: '南京西路 1266 号', hours: '10:00–22:00' }],
  shipment: null,
  handedOver: null,
  autoConfirmsAt: null,
  rejectionReason: null,
  timeline: [
    { state: 'to_pick_up', tracking: null, title: '待领取', note: null, at: '2026-01-02T04:00:00.000Z' },
  ],
  canCancel: true,
  canConfirm: false,
  pointsAfter: { available: 8_880, frozen: 3_600 },
  ...override,
})

/** A regular member with 1,200 points who has not checked in today. */
export const sampleMe = (override: Partial<Me> = {}): Me => ({
  member: {
    id: 'member-1',
    nick: '小满',
    avatarUrl: null,
    tier: 'regular',
    inviteCode: 'ABCD2345',
    joinedAt: '2025-11-01T04:00:00.000Z',
    isBlocked: false,
  },
  profile: {
    birthday: null,
    phoneMasked: null,
    consent: { version: '2026-01', givenAt: '2025-11-01T04:00:00.000Z' },
    mutedTopics: [],
  },
  points: { available: 1_200, frozen: 0, debt: 0 },
  unreadMessages: 0,
  ...override,
})

/** A Wednesday, the third day of a streak: 2026-01-07 of the week from the 5th. */
export const sampleCheckIns = (override: Partial<CheckIns> = {}): CheckIns => ({
  month: '2026-01',
  days: [
    { businessDate: '2026-01-05', points: 5, streakDays: 1 },
    { businessDate: '2026-01-06', points: 5, streakDays: 2 },
  ],
  today: { businessDate: '2026-01-07', isCheckedIn: false, points: 5, streakDays: 2 },
  tomorrow: { businessDate: '2026-01-08', points: 5, streakDays: 4 },
  nextBonus: { businessDate: '2026-01-11', points: 25, streakDays: 7 },
  week: [5, 6, 7, 8, 9, 10, 11].map((day) => ({
    businessDate: `2026-01-${String(day).padStart(2, '0')}`,
    state: day < 7 ? ('checked' as const) : day === 7 ? ('today' as const) : ('upcoming' as const),
    points: day === 11 ? 25 : 5,
  })),
  progress: [
    { days: 7, doneDays: 2, businessDate: '2026-01-11', reward: '20 积分' },
    { days: 30, doneDays: 2, businessDate: '2026-02-03', reward: '金卡 30 天、补签卡 1 张' },
  ],
  milestones: [],
  madeUpDates: [],
  makeUp: {
    dates: ['2026-01-03', '2026-01-04'],
    price: { with: 'points', points: 30 },
    left: 3,
    monthLimit: 3,
    daysBack: 30,
    cards: 0,
  },
  reminder: { isOn: false, hour: 20, templateId: null, wechatLeft: 0 },
  ...override,
})
