import { randomBytes, randomInt } from 'node:crypto'
import type { Order } from '#bff/features/orders/order.model'
import { newId } from '#bff/kernel/ids'
import type { RawDatabase } from './raw-database'
import { postRawEntry } from './raw-entry'

/** What a floor is asked for. It is told what Jili has to look up. */
export interface RawOrderRequest {
  memberId: string
  key: string
  gift: { id: string; name: string; pricePoints: number; perMemberLimit: number | null }
}

export class RawRefusal extends Error {}

/**
 * Redeems one piece with the same documents as Jili, each written once, in one transaction: no look-up that the
 * writes do not need, no lock, no gate, no policy.
 */
export async function placeRawOrder(database: RawDatabase, request: RawOrderRequest): Promise<object> {
  const order = draftOrder(request)
  const { memberId, gift } = request
  const points = gift.pricePoints
  await database.inTransaction(async (session) => {
    const at = order.placedAt
    const stock = await database
      .collection('gift_stocks')
      .findOneAndUpdate(
        { _id: gift.id, available: { $gte: 1 } },
        { $inc: { available: -1, taken: 1 } },
        { session, returnDocument: 'after' },
      )
    if (!stock) throw new RawRefusal('gift.sold_out')
    await database
      .collection('stock_entries')
      .insertOne({ ...stockEntryOf(order), availableAfter: stock.available }, { session })
    if (gift.perMemberLimit !== null)
      await database
        .collection('claims')
        .insertOne(
          { _id: newId(), memberId, scope: `gift:${gift.id}`, slot: 0, orderId: order._id },
          { session },
        )
    const lot = await database
      .collection('lots')
      .findOneAndUpdate(
        { memberId, remaining: { $gte: points } },
        { $inc: { remaining: -points } },
        { session, sort: { expiresOn: 1, _id: 1 } },
      )
    if (!lot) throw new RawRefusal('points.insufficient')
    await database.collection('holds').insertOne(
      {
        _id: newId(),
        memberId,
        orderId: order._id,
        points,
        draws: [{ lotId: lot._id, points }],
        refunded: 0,
        state: 'open',
        placedAt: at,
      },
      { session },
    )
    await postRawEntry(database, session, memberId, {
      key: `hold:${order._id}`,
      kind: 'hold',
      postings: [
        { account: 'available', points: -points },
        { account: 'held', points },
      ],
      lots: [{ lotId: lot._id, points: -points, expiresOn: lot.expiresOn }],
      title: `兑换 ${gift.name}`,
      source: null,
      rules: [],
      orderId: order._id,
      expiresOn: null,
      businessDate: businessDateOf(at),
      occurredAt: at,
    })
    await database
      .collection('redemption_codes')
      .insertOne({ _id: randomBytes(32).toString('base64url'), orderId: order._id }, { session })
    await database.collection('orders').insertOne(order, { session })
    await database.collection('outbox_events').insertOne(eventOf(order, gift.name), { session })
    await database.collection('idempotency_records').insertOne(
      {
        _id: `member:${memberId} order.place ${request.key}`,
        inputHash: '0'.repeat(64),
        status: 201,
        body: JSON.stringify({ order }),
        createdAt: at,
      },
      { session },
    )
  })
  return { order }
}

/** The floor's own clock is the machine's, eight hours ahead as in Shanghai. */
export const businessDateOf = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

function draftOrder({ memberId, gift }: RawOrderRequest): Order {
  const placedAt = new Date()
  const item = {
    giftId: gift.id,
    skuId: null,
    stockId: gift.id,
    name: gift.name,
    skuName: null,
    thumbnailUrl: null,
    quantity: 1,
    pricePoints: gift.pricePoints,
    returnDays: null,
    refundedPieces: 0,
    replacedPieces: 0,
    restockedPieces: 0,
  }
  return {
    _id: newId(),
    number: businessDateOf(placedAt).replaceAll('-', '') + String(randomInt(1e9)).padStart(9, '0'),
    memberId,
    state: 'to_pick_up',
    handOver: 'pickup',
    items: [item],
    totalPoints: gift.pricePoints,
    address: null,
    storeIds: [],
    shipment: null,
    handedOver: null,
    // As long as what Jili seals, so that as much is written.
    code: {
      sealedDigits: randomBytes(42).toString('base64url'),
      sealedSecret: randomBytes(65).toString('base64url'),
      typedCodeAllowed: true,
    },
    pickUpExpiresAt: new Date(placedAt.getTime() + 14 * 86_400_000),
    autoConfirmsAt: null,
    rejectionReason: null,
    timeline: [{ state: 'to_pick_up', note: null, at: placedAt }],
    review: null,
    openAfterSaleId: null,
    refundedPoints: 0,
    uncheckedOn: businessDateOf(placedAt),
    placedAt,
  }
}

const stockEntryOf = (order: Order) => ({
  _id: newId(),
  stockId: order.items[0]?.stockId ?? '',
  key: `order:${order._id}`,
  change: -1,
  reason: '兑换',
  orderId: order._id,
  occurredAt: order.placedAt,
})

const eventOf = ({ _id, memberId, totalPoints, placedAt }: Order, giftName: string) => ({
  _id: newId(),
  name: 'order.placed',
  payload: { memberId, orderId: _id, giftName, totalPoints },
  occurredAt: placedAt,
  pending: ['inbox'],
  dueAt: placedAt,
  attempts: 0,
  deliveredAt: null,
})
