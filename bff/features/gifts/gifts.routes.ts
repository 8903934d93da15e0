import * as contracts from '#shared/contracts/gifts'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { DomainError, notFound } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { searchPattern } from '../../kernel/search-pattern'
import { runOnce } from '../../platform/idempotency/run-once'
import { inTransaction, isDuplicateKey } from '../../platform/mongo/transaction'
import { redisKeys } from '../../platform/redis/keys'
import { adminWith, anyone, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { adjustStock } from './commands/move-stock'
import { createGift, updateGift } from './commands/save-gift'
import { type Gift, GiftModel } from './gift.model'
import { GiftCategoryModel } from './gift-category.model'
import { GiftStockModel, poolIdOf } from './gift-stock.model'
import { presentAdminGift } from './gifts.presenter'
import { listGifts } from './queries/list-gifts'
import { readGift } from './queries/read-gift'

async function readAdminGift(giftId: string) {
  const gift = await GiftModel.findById(giftId).lean()
  if (!gift) throw notFound('没有这件礼品')
  return presentAdminGift(gift, await GiftStockModel.find({ giftId }).lean())
}

const categories = route(contracts.listGiftCategories, anyone, async () => {
  const rows = await GiftCategoryModel.find().sort({ sortOrder: 1, _id: 1 }).limit(100).lean()
  const counts = await GiftModel.aggregate<{ _id: string; count: number }>([
    { $match: { onSale: true } },
    { $group: { _id: '$categoryId', count: { $sum: 1 } } },
  ])
  const countById = new Map(counts.map(({ _id, count }) => [_id, count]))
  return { items: rows.map(({ _id, name }) => ({ id: _id, name, giftCount: countById.get(_id) ?? 0 })) }
})

const createCategory = route(
  contracts.createGiftCategory,
  adminWith('operator'),
  async ({ services, principal, body }) => {
    const { id, name, sortOrder = 1_000 } = body
    try {
      await inTransaction(async () => {
        await GiftCategoryModel.insertMany([{ _id: id, name, sortOrder }])
        await recordAudit(services.clock, principal, {
          operation: contracts.createGiftCategory.id,
          targetId: id,
          before: null,
          after: body,
        })
      })
    } catch (error) {
      if (isDuplicateKey(error))
        throw new DomainError('resource.conflict', { message: '这个分类编号已经有了' })
      throw error
    }
    return { category: { id, name, giftCount: 0 } }
  },
)

const listAdmin = route(
  contracts.listAdminGifts,
  adminWith('operator', 'reviewer', 'support'),
  async ({ query }) => {
    const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
    const wanted = query.q ? { name: searchPattern(query.q) } : {}
    const rows = await GiftModel.find({ ...before, ...wanted })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    const pools = await GiftStockModel.find({ giftId: { $in: page.items.map(({ _id }) => _id) } }).lean()
    return { items: page.items.map((gift) => presentAdminGift(gift, pools)), nextCursor: page.nextCursor }
  },
)

/** The pool that is meant; a store the gift was taken from still has its own. @throws `request.invalid` */
async function findPool(
  gift: Gift,
  { skuId, storeId }: { skuId?: string | undefined; storeId?: string | undefined },
): Promise<string> {
  const refuse = (path: string, message: string) =>
    new DomainError('request.invalid', { message, details: { path } })
  const isKnownSku = skuId ? gift.skus.some(({ id }) => id === skuId) : gift.skus.length === 0
  if (!isKnownSku) throw refuse('skuId', '请说明是哪个规格')
  if (gift.stockPerStore && !storeId) throw refuse('storeId', '这件礼品按门店备货，请说明是哪家门店')
  if (!gift.stockPerStore && storeId) throw refuse('storeId', '这件礼品各门店共用库存，不用写门店')
  const stockId = poolIdOf(gift, skuId ?? null, storeId ?? null)
  if (!(await GiftStockModel.exists({ _id: stockId })))
    throw refuse('storeId', '这件礼品没有在这家门店备过货')
  return stockId
}

const changeStock = route(contracts.changeStock, adminWith('operator'), async (call) => {
  const { services, principal, params, body } = call
  const gift = await GiftModel.findById(params.id).lean()
  if (!gift) throw notFound('没有这件礼品')
  if (gift.handOver === 'virtual') throw new DomainError('gift.stock_is_codes')
  const stockId = await findPool(gift, body)
  const result = await runOnce(
    {
      actor: `admin:${principal.id}`,
      operation: contracts.changeStock.id,
      // Without a key of the caller's each request is a change of its own.
      key: call.idempotencyKey ?? newId(),
      input: { giftId: gift._id, ...body },
      now: services.clock.now(),
    },
    async () => {
      const stockEntry = await adjustStock(services, { stockId, change: body.change, reason: body.reason })
      await recordAudit(services.clock, principal, {
        operation: contracts.changeStock.id,
        targetId: gift._id,
        before: { stock: stockEntry.stockAfter - body.change },
        after: { stock: stockEntry.stockAfter, ...body },
      })
      return { status: 201, body: { stockEntry, gift: await readAdminGift(gift._id) } }
    },
  )
  if (body.change > 0) await services.gate.clear([redisKeys.soldOutMark(gift._id, stockId)])
  return result.body
})

export const giftsRoutes = [
  categories,
  route(contracts.listGifts, anyone, ({ services, principal, query }) =>
    listGifts(services, principal?.id ?? null, query),
  ),
  route(contracts.readGift, anyone, async ({ services, principal, params }) => ({
    gift: await readGift(services, principal?.id ?? null, params.id),
  })),
  createCategory,
  listAdmin,
  route(contracts.readAdminGift, adminWith('operator', 'reviewer', 'support'), async ({ params }) => ({
    gift: await readAdminGift(params.id),
  })),
  route(contracts.createGift, adminWith('operator'), async ({ services, principal, body }) => ({
    gift: await readAdminGift(await createGift(services, principal, body)),
  })),
  route(contracts.updateGift, adminWith('operator'), async ({ services, principal, params, body }) => {
    await updateGift(services, principal, params.id, body)
    return { gift: await readAdminGift(params.id) }
  }),
  changeStock,
]
