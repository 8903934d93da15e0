const gift = { name: '陶杯', categoryId: 'home', handOver: 'pickup', pricePoints: 5, stock: 1, onSale: false }
const place = { name: '小满', phone: '13800138000', region: ['上海市', '上海市', '静安区'], detail: '愚园路' }
const store = { name: '店', address: '路', hours: '全天', phone: '021-0000', pictureUrl: '/a.png' }
/** A body that each operation takes, so that only what a test changes can be wrong. */
export const validBodies: Record<string, object> = {
  'address.create': place,
  'address.update': place,
  'admin.sign-in': { username: 'nobody', password: 'nothing' },
  'admin.admins.create': { username: 'some-admin', password: 'long-enough', name: '某', role: 'support' },
  'admin.clock.advance': { advanceMs: 0 },
  'admin.gifts.create': {
    ...gift,
    pictureUrls: ['/a.png'],
    summary: '好',
    description: '好',
    terms: '好',
    storeIds: [],
  },
  'admin.gifts.update': { name: '陶杯', summary: '好', pictureUrls: ['/a.png'] },
  'admin.gifts.change-stock': { change: 1, reason: '补货一件' },
  'admin.gift-categories.create': { id: 'some-category', name: '类' },
  'member.sign-in': { code: 'demo-bad-input', inviteCode: 'ABC', consentVersion: '1' },
  'admin.members.block': { reason: '没有原因' },
  'admin.members.unblock': { reason: '没有原因' },
  'order.place': { items: [{ giftId: 'unknown', quantity: 1 }], addressId: 'unknown', storeId: 'unknown' },
  'admin.orders.ship': { carrier: '顺丰', trackingNumber: 'SF1234' },
  'admin.orders.correct-shipment': { carrier: '顺丰', trackingNumber: 'SF1234' },
  // A table, which is no JSON: test/api/shipments-import.test.ts has its bad input.
  'admin.shipments.import': {},
  'admin.open-clients.create': { name: '某快递', kind: 'courier', scopes: ['tracking'] },
  'admin.open-clients.update': { name: '某快递', scopes: ['tracking'], isDisabled: false },
  'admin.open-clients.rotate-secret': { overlapHours: 1 },
  'open.tracking-events.record': {
    carrier: 'SF',
    trackingNumber: 'SF1234',
    events: [
      { eventId: '1', status: 'collected', description: '已揽收', occurredAt: '2026-01-01T00:00:00Z' },
    ],
  },
  'admin.orders.approve': {},
  'admin.orders.reject': { reason: '没有原因' },
  'points.adjust': { change: -5, reason: '没有原因', reversesEntryId: 'unknown' },
  'points.adjustments.reject': { reason: '没有原因' },
  'admin.settings.update': { pointsPerYuan: 100 },
  'staff.sign-in': { code: 'demo-bad-input' },
  'redemption.look-up': { code: '123456789012' },
  'redemption.create': { code: '123456789012' },
  'admin.staff.create': { name: '某', openid: 'bad-input', storeId: 'unknown' },
  'admin.staff.update': { name: '某' },
  'admin.stores.create': store,
  'admin.stores.update': store,
}
