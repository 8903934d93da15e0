import type { GiftCardData } from '../../../components/gift-card/gift-card'

export const longText = '二〇三〇年冬季限定联名款手工吹制玻璃保温冷泡茶壶套装送四只品茗杯与竹制托盘礼盒'

/** Any gift; an override shows what matters. */
export const giftLike = (override: Partial<GiftCardData>): GiftCardData => ({
  id: 'plain',
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
  stock: 120,
  isSoldOut: false,
  isScarce: false,
  isNew: false,
  perMemberLimit: null,
  saleEndsAt: null,
  eligibility: { canRedeem: true, redeemedByMe: 0, obstacles: [] },
  ...override,
})

export const gifts: readonly GiftCardData[] = [
  giftLike({}),
  giftLike({ id: 'new', isNew: true, perMemberLimit: 1 }),
  giftLike({ id: 'scarce', isScarce: true, stock: 3, priceReason: 'tier', isPriceFrom: true }),
  giftLike({ id: 'sold-out', isSoldOut: true, stock: 0 }),
  giftLike({
    id: 'long',
    name: longText,
    pricePoints: 123_456_789,
    marketPriceFen: 99_999_900,
    isScarce: true,
    stock: 3,
    saleEndsAt: '2030-01-01T00:00:00.000Z',
  }),
  giftLike({ id: 'without-market', marketPriceFen: null }),
]
