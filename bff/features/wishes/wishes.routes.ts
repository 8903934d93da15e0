import * as contracts from '#shared/contracts/wishes'
import { notFound } from '../../kernel/errors'
import { anyMember, route } from '../../platform/route'
import { findGifts } from '../gifts'
import { addWish, removeWish } from './commands/change-wishes'
import { listWishes } from './queries/list-wishes'
import { WishModel } from './wish.model'

export const wishesRoutes = [
  route(contracts.listWishes, anyMember, ({ services, principal, query }) =>
    listWishes(services, principal.id, query),
  ),
  route(contracts.readWish, anyMember, async ({ principal, params }) => {
    const isWished = (await WishModel.exists({ memberId: principal.id, giftId: params.id })) !== null
    if (!isWished && (await findGifts([params.id])).length === 0) throw notFound('没有这件礼品')
    return { isWished }
  }),
  route(contracts.createWish, anyMember, async ({ services, principal, body }) => {
    await addWish(services, principal.id, body.giftId)
    return { isWished: true as const }
  }),
  route(contracts.deleteWish, anyMember, async ({ principal, params }) => {
    await removeWish(principal.id, params.id)
    return null
  }),
]
