import type { z } from 'zod'
import type { listCodeViews as contract } from '#shared/contracts/gift-codes'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import { GiftCodeViewModel } from '../gift-code-view.model'

/** When an order's codes were looked at, newest first. */
export async function listCodeViews(
  orderId: string,
  query: z.output<typeof contract.query>,
): Promise<z.input<typeof contract.response>> {
  const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
  const rows = await GiftCodeViewModel.find({ orderId, ...before })
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return {
    nextCursor: page.nextCursor,
    items: page.items.map(({ _id, memberId, viewedAt }) => ({
      id: _id,
      memberId,
      viewedAt: viewedAt.toISOString(),
    })),
  }
}
