import type { z } from 'zod'
import type { listWishes as contract } from '#shared/contracts/wishes'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import type { Services } from '../../../platform/services'
import { readShelf, type ShelvedGift } from '../../gifts'
import { findMemberById } from '../../members'
import { WishModel } from '../wish.model'

type Answer = z.input<typeof contract.response>

/** A member's list, newest first, with each gift as it stands now. Gifts there are no more of are left out. */
export async function listWishes(
  services: Pick<Services, 'clock'>,
  memberId: string,
  query: z.output<typeof contract.query>,
): Promise<Answer> {
  const rows = await WishModel.find({
    memberId,
    ...(query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}),
  })
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  const tier = (await findMemberById(memberId))?.tier
  const shelf = await readShelf(
    services,
    page.items.map(({ giftId }) => giftId),
    tier,
  )
  const items = page.items.flatMap(({ giftId, wishedAt }) => {
    const shelved = shelf.get(giftId)
    return shelved ? [{ ...presentShelved(shelved), wishedAt: wishedAt.toISOString() }] : []
  })
  return { items, nextCursor: page.nextCursor }
}

function presentShelved({ card, obstacle, stock }: ShelvedGift) {
  const { eligibility: _, ...gift } = card
  const startsAt = typeof obstacle?.details?.startsAt === 'string' ? obstacle.details.startsAt : null
  const state: Answer['items'][number]['state'] = obstacle
    ? startsAt
      ? 'not_started'
      : 'ended'
    : stock > 0
      ? 'open'
      : 'sold_out'
  return { gift, state, startsAt }
}
