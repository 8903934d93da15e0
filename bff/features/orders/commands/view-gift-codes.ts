import type { z } from 'zod'
import type { viewGiftCodes as contract } from '#shared/contracts/gift-codes'
import { notFound } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { openCodes } from '../../gift-codes'
import { OrderModel } from '../order.model'
import { invalidState, transitionOrder } from './transition-order'

/**
 * Shows a member the codes of an order of his. Each look is logged; the first one completes the order.
 * @throws `resource.not_found` for another's order and for one without codes; `order.invalid_state` before it is issued.
 */
export const viewGiftCodes = (
  services: Services,
  memberId: string,
  orderId: string,
): Promise<z.input<typeof contract.response>> =>
  inTransaction(async () => {
    const order = await OrderModel.findOne({ _id: orderId, memberId, handOver: 'virtual' }).lean()
    if (!order) throw notFound('这张订单没有券码')
    if (order.state !== 'issued' && order.state !== 'completed') throw invalidState(order)
    if (order.state === 'issued')
      await transitionOrder(services, order, { to: 'completed', event: 'order.completed' })
    const codes = await openCodes(services, { orderId, memberId })
    return {
      items: codes.map(({ stockId, ...card }) => {
        const item = order.items.find((candidate) => candidate.stockId === stockId)
        return { giftId: item?.giftId ?? '', skuId: item?.skuId ?? null, giftName: item?.name ?? '', ...card }
      }),
    }
  })
