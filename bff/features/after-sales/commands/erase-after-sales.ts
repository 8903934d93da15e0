import { AfterSaleModel } from '../after-sale.model'

/** Forgets what a member who leaves wrote and showed, in the caller's transaction; what was decided stays. */
export async function eraseAfterSales(memberId: string): Promise<void> {
  const changes = { reason: '会员已注销', photoIds: [], returnParcel: null }
  await AfterSaleModel.updateMany({ memberId }, { $set: changes })
}
