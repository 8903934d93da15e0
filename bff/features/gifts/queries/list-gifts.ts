import type { z } from 'zod'
import type { listGifts as contract } from '#shared/contracts/gifts'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import { searchPattern } from '../../../kernel/search-pattern'
import type { Services } from '../../../platform/services'
import { findMemberById, type Member } from '../../members'
import { readPoints } from '../../points'
import { type Gift, GiftModel } from '../gift.model'
import { presentGiftCard } from '../gifts.presenter'
import { lowestListPriceExpression, priceExpression } from '../prices'
import { readEligibilities } from './read-eligibility'

type Query = z.output<typeof contract.query>

/** A gift with its pools added up, what it costs the member, and its place in the wanted order. */
export type GiftRow = Gift & { stock: number; taken: number; rank: number }

/** One number to sort by, so that every order pages by the same cursor. Sold-out gifts come last in `hot`. */
const ranks = {
  hot: { $add: [{ $multiply: ['$taken', -1] }, { $cond: [{ $lte: ['$stock', 0] }, 1e12, 0] }] },
  new: { $multiply: [{ $toLong: '$createdAt' }, -1] },
  price_asc: '$price',
  price_desc: { $multiply: ['$price', -1] },
} as const

/** As `store-pools.ts` adds up: what is left in a store the gift was taken from does not count. */
const stockExpression = {
  $sum: {
    $map: {
      input: {
        $filter: {
          input: '$pools',
          cond: {
            $or: [
              { $eq: [{ $ifNull: ['$$this.storeId', null] }, null] },
              { $in: ['$$this.storeId', '$storeIds'] },
            ],
          },
        },
      },
      in: '$$this.available',
    },
  },
}

export async function listGifts(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string | null,
  query: Query,
): Promise<z.input<typeof contract.response>> {
  const now = services.clock.now()
  const member = memberId ? await findMemberById(memberId) : null
  const tier = member?.tier ?? 'regular'
  const cursor = query.cursor ? decodeCursor(query.cursor, ['number', 'string']) : null
  const wanted = [
    { $match: matchOf(query) },
    // What this member pays decides, not the list price.
    { $addFields: { lowestListPrice: lowestListPriceExpression } },
    { $addFields: { price: priceExpression(tier, now) } },
    { $match: { price: await priceRange(services, member, query) } },
  ]
  const rows = await GiftModel.aggregate<GiftRow>([
    ...wanted,
    { $lookup: { from: 'gift_stocks', localField: '_id', foreignField: 'giftId', as: 'pools' } },
    { $addFields: { stock: stockExpression, taken: { $sum: '$pools.taken' } } },
    { $addFields: { rank: ranks[query.sort] } },
    ...(cursor
      ? [{ $match: { $or: [{ rank: { $gt: cursor[0] } }, { rank: cursor[0], _id: { $gt: cursor[1] } }] } }]
      : []),
    { $sort: { rank: 1 as const, _id: 1 as const } },
    { $limit: query.limit + 1 },
  ])
  const [counted] = await GiftModel.aggregate<{ total: number }>([...wanted, { $count: 'total' }])
  const page = toPage(rows, query.limit, (row) => [Number(row.rank), row._id])
  const wishes = page.items.map((gift) => ({ gift, quantity: 1, stock: gift.stock }))
  const eligibilities = member ? await readEligibilities(services, member, wishes) : []
  return {
    items: page.items.map((row, index) =>
      presentGiftCard(row, { tier, now, eligibility: eligibilities[index] ?? null }),
    ),
    nextCursor: page.nextCursor,
    total: counted?.total ?? 0,
  }
}

const matchOf = (query: Query) => ({
  onSale: true,
  ...(query.categoryId ? { categoryId: query.categoryId } : {}),
  ...(query.q ? { name: searchPattern(query.q) } : {}),
})

async function priceRange(
  services: Pick<Services, 'clock' | 'calendar'>,
  member: Member | null,
  query: Query,
) {
  const isAffordable = query.affordable === 'true' && member !== null
  const available = isAffordable ? (await readPoints(services, member._id)).available : null
  const ceilings = [query.maxPoints, available].filter((points) => points !== undefined && points !== null)
  return {
    $gte: query.minPoints ?? 0,
    ...(ceilings.length > 0 ? { $lte: Math.min(...ceilings) } : {}),
  }
}
