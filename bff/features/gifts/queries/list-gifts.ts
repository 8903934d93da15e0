import type { z } from 'zod'
import type { listGifts as contract } from '#shared/contracts/gifts'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import { searchPattern } from '../../../kernel/search-pattern'
import type { Services } from '../../../platform/services'
import { readPoints } from '../../points'
import { type Gift, GiftModel } from '../gift.model'
import { presentGiftCard } from '../gifts.presenter'

type Query = z.output<typeof contract.query>

/** A gift with its pools added up, and its place in the wanted order. */
export type GiftRow = Gift & { stock: number; taken: number; rank: number }

/** One number to sort by, so that every order pages by the same cursor. Sold-out gifts come last in `hot`. */
const ranks = {
  hot: { $add: [{ $multiply: ['$taken', -1] }, { $cond: [{ $lte: ['$stock', 0] }, 1e12, 0] }] },
  new: { $multiply: [{ $toLong: '$createdAt' }, -1] },
  price_asc: '$pricePoints',
  price_desc: { $multiply: ['$pricePoints', -1] },
} as const

export async function listGifts(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string | null,
  query: Query,
): Promise<z.input<typeof contract.response>> {
  const now = services.clock.now()
  const match = await matchOf(services, memberId, query)
  const cursor = query.cursor ? decodeCursor(query.cursor, ['number', 'string']) : null
  const rows = await GiftModel.aggregate<GiftRow>([
    { $match: match },
    { $lookup: { from: 'gift_stocks', localField: '_id', foreignField: 'giftId', as: 'pools' } },
    { $addFields: { stock: { $sum: '$pools.available' }, taken: { $sum: '$pools.taken' } } },
    { $addFields: { rank: ranks[query.sort] } },
    ...(cursor
      ? [{ $match: { $or: [{ rank: { $gt: cursor[0] } }, { rank: cursor[0], _id: { $gt: cursor[1] } }] } }]
      : []),
    { $sort: { rank: 1 as const, _id: 1 as const } },
    { $limit: query.limit + 1 },
  ])
  const page = toPage(rows, query.limit, (row) => [Number(row.rank), row._id])
  return {
    items: page.items.map((row) => presentGiftCard(row, now)),
    nextCursor: page.nextCursor,
    total: await GiftModel.countDocuments(match),
  }
}

async function matchOf(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string | null,
  query: Query,
) {
  const isAffordable = query.affordable === 'true' && memberId !== null
  const available = isAffordable ? (await readPoints(services, memberId)).available : null
  const ceilings = [query.maxPoints, available].filter((points) => points !== undefined && points !== null)
  return {
    onSale: true,
    ...(query.categoryId ? { categoryId: query.categoryId } : {}),
    ...(query.q ? { name: searchPattern(query.q) } : {}),
    pricePoints: {
      $gte: query.minPoints ?? 0,
      ...(ceilings.length > 0 ? { $lte: Math.min(...ceilings) } : {}),
    },
  }
}
