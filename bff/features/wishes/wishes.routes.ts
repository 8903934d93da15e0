import * as contracts from '#shared/contracts/wishes'
import { anyMember, route } from '../../platform/route'
import { addWish, removeWish } from './commands/change-wishes'
import { listWishes } from './queries/list-wishes'
import { WishModel } from './wish.model'

export const wishesRoutes = [
  route(contracts.listWishes, anyMember, ({ services, principal, query }) =>
    listWishes(services, principal.id, query),
  ),
  route(contracts.readWish, anyMember, async ({ principal, params }) => ({
    isWished: (await WishModel.exists({ memberId: principal.id, giftId: params.id })) !== null,
  })),
  route(contracts.createWish, anyMember, async ({ services, principal, body }) => {
    await addWish(services, principal.id, body.giftId)
    return { isWished: true as const }
  }),
  route(contracts.deleteWish, anyMember, async ({ principal, params }) => {
    await removeWish(principal.id, params.id)
    return null
  }),
]
