import type { GiftDetail } from '../../../miniapp/src/features/gifts/gift.queries'
import type { OrderDetail } from '../../../miniapp/src/features/orders/order.queries'

/** A gift to collect in a store; an override shows what matters to the test. */
export const sampleGift = (override: Partial<GiftDetail> = {}): GiftDetail => ({
  id: 'gift-1',
  name: '随行保温杯 480ml 松针绿',
  categoryId: 'travel',
  handOver: 'pickup',
  pricePoints: 3_600,
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
    },
  ],
  pickUpValidDays: 14,
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
