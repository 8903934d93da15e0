import * as contracts from '#shared/contracts/basket'
import { anyMember, route } from '../../platform/route'
import { saveBasket } from './commands/save-basket'
import { readBasket } from './queries/read-basket'

export const basketRoutes = [
  route(contracts.readBasket, anyMember, async ({ services, principal }) => ({
    basket: await readBasket(services, principal.id),
  })),
  route(contracts.saveBasket, anyMember, async ({ services, principal, body }) => {
    await saveBasket(principal.id, body)
    return { basket: await readBasket(services, principal.id) }
  }),
  route(contracts.clearBasket, anyMember, async ({ principal }) => {
    await saveBasket(principal.id, { items: [] })
    return null
  }),
]
