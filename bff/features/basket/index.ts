import { BasketModel } from './basket.model'

export { basketRoutes } from './basket.routes'
export { takeFromBasket } from './commands/save-basket'

/** Empties the basket of a member who leaves, in the caller's transaction. */
export async function eraseBasket(memberId: string): Promise<void> {
  await BasketModel.deleteOne({ _id: memberId })
}
