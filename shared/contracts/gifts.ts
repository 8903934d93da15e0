import { z } from 'zod'
import { giftSorts, handOvers, priceReasons } from '../domain/enums'
import { limits } from '../domain/limits'
import {
  defineContract,
  identifier,
  idParams,
  instant,
  pageOf,
  pageQuery,
  pictureUrl,
  searchText,
  text,
} from './contract'
import { eligibility, giftGuardsInput, giftPricesInput } from './gift-rules'
import { store } from './stores'

const points = z.int().min(0).max(limits.pointsMax)
const stock = z.int().min(0).max(limits.stockMax)

export const giftCategory = z.object({ id: identifier, name: z.string(), giftCount: z.int() })

export const giftCard = z.object({
  id: identifier,
  name: z.string(),
  categoryId: identifier,
  handOver: z.enum(handOvers),
  pricePoints: points.describe('这位会员现在要付的积分；没有登录时按普通会员'),
  listPricePoints: points.describe('原价'),
  isPriceFrom: z.boolean().describe('规格价格不同：pricePoints 是最低的，显示「起」'),
  priceReason: z.enum(priceReasons).describe('为什么是这个价'),
  priceEndsAt: instant.nullable().describe('限时价的结束时间'),
  marketPriceFen: z.int().nullable().describe('参考价，单位分'),
  pictureUrl: pictureUrl.nullable(),
  thumbnailUrl: pictureUrl.nullable(),
  stock: z.int().describe('还剩多少件'),
  isSoldOut: z.boolean(),
  isScarce: z.boolean().describe('所剩不多，值得提醒'),
  isNew: z.boolean(),
  perMemberLimit: z.int().nullable(),
  saleEndsAt: instant.nullable().describe('限时兑换的结束时间'),
  eligibility: eligibility.nullable().describe('没有登录时为 null'),
})

export const giftDetail = giftCard.extend({
  galleryUrls: z.array(pictureUrl),
  summary: z.string().nullable(),
  description: z.string().nullable(),
  terms: z.string().nullable(),
  totalStock: z.int().describe('投放总数，用来画余量'),
  redeemedCount: z.int(),
  skus: z
    .array(
      z.object({
        id: identifier,
        name: z.string(),
        stock: z.int(),
        pricePoints: points.describe('这位会员现在换这个规格要付的积分'),
        listPricePoints: points.describe('这个规格的原价'),
        leftByStore: z
          .array(z.object({ storeId: identifier, left: z.int() }))
          .describe('这个规格每家门店还剩多少件；各门店共用库存时为空'),
      }),
    )
    .describe('没有规格时为空'),
  stores: z
    .array(store.extend({ left: z.int().nullable().describe('这家门店还剩多少件；各门店共用库存时为 null') }))
    .describe('到店自取可去的门店'),
  stockPerStore: z.boolean().describe('各门店分开备货，兑换时要选门店'),
  pickUpValidDays: z.int().nullable(),
  perOrderLimit: z.int().nullable(),
  perDayLimit: z.int().nullable(),
  returnDays: z.int().describe('收到后几天内可以退换，0 为不能'),
})

export const listGiftCategories = defineContract({
  id: 'gift.categories',
  method: 'GET',
  path: '/api/member/gift-categories',
  actor: 'public',
  summary: '礼品分类',
  status: 200,
  response: z.object({ items: z.array(giftCategory) }),
})

export const listGifts = defineContract({
  id: 'gift.list',
  method: 'GET',
  path: '/api/member/gifts',
  actor: 'member-optional',
  summary: '礼品商城',
  query: pageQuery.extend({
    q: searchText.optional(),
    categoryId: identifier.optional(),
    minPoints: z.coerce.number().int().min(0).max(limits.pointsMax).optional(),
    maxPoints: z.coerce.number().int().min(0).max(limits.pointsMax).optional(),
    affordable: z.enum(['true', 'false']).optional().describe('只看换得起的，需要登录'),
    sort: z.enum(giftSorts).default('hot'),
  }),
  status: 200,
  response: pageOf(giftCard).extend({ total: z.int() }),
})

export const readGift = defineContract({
  id: 'gift.read',
  method: 'GET',
  path: '/api/member/gifts/:id',
  actor: 'member-optional',
  summary: '礼品详情；登录后说明能不能换、为什么',
  params: idParams,
  status: 200,
  response: z.object({ gift: giftDetail }),
})

const stockByStore = z
  .array(z.strictObject({ storeId: identifier, stock }))
  .max(limits.storesPerGift)
  .optional()
  .describe('按门店备货时每家门店的库存，没写的门店为 0；这时 stock 填 0')

export const giftInput = z.object({
  ...giftGuardsInput.shape,
  ...giftPricesInput.shape,
  name: text(limits.nameCharacters),
  categoryId: identifier,
  handOver: z.enum(handOvers),
  pricePoints: points.describe('原价'),
  stock: stock.describe('没有规格的礼品的库存；卡券礼品填 0，导入多少券码就有多少'),
  skus: z
    .array(
      z.object({
        name: text(30),
        stock,
        stockByStore,
        pricePoints: points.optional().describe('这个规格自己的原价，不填同礼品'),
      }),
    )
    .min(1)
    .max(limits.skusPerGift)
    .optional(),
  marketPriceFen: z.int().min(0).max(100_000_000).optional(),
  pictureUrls: z.array(pictureUrl).max(limits.picturesPerGift).optional(),
  thumbnailUrl: pictureUrl.optional().describe('列表用的小图；不填就用第一张图片的小图'),
  summary: text(60).optional(),
  description: text(limits.textCharacters).optional(),
  terms: text(limits.textCharacters).optional(),
  needsReview: z.boolean().optional(),
  storeIds: z.array(identifier).max(limits.storesPerGift).optional().describe('不填为所有门店'),
  stockPerStore: z
    .boolean()
    .optional()
    .describe('每家门店各有各的库存；只能是到店自取并写明门店的礼品，建好后不能改，默认不'),
  stockByStore,
  pickUpValidDays: z.int().min(1).max(365).optional(),
  typedCodeAllowed: z.boolean().optional().describe('能否手输 12 位兑换码，默认可以'),
  returnDays: z
    .int()
    .min(0)
    .max(limits.returnDaysMax)
    .nullable()
    .optional()
    .describe('收到后几天内可以退换，0 为不能退换，不填为 7 天'),
  saleStartsAt: instant.nullable().optional(),
  saleEndsAt: instant.nullable().optional(),
  onSale: z.boolean(),
  lowStockAt: z
    .int()
    .min(0)
    .max(limits.stockMax)
    .optional()
    .describe('任一库存不多于这么多件时告警，默认 5，0 为不告警'),
  pausesAtZero: z.boolean().optional().describe('全部换完时自动下架，默认不'),
})

export const adminGift = giftInput.omit({ skus: true, stockByStore: true }).extend({
  id: identifier,
  skus: z.array(
    z.object({
      id: identifier,
      name: z.string(),
      stock: z.int(),
      pricePoints: z.int().nullable().describe('这个规格自己的原价；null 同礼品'),
    }),
  ),
  stockPerStore: z.boolean(),
  storePools: z
    .array(
      z.object({
        storeId: identifier,
        skuId: identifier.nullable(),
        stock: z.int(),
        isForSale: z.boolean().describe('礼品已经不在这家门店领取时为 false，剩下的不计入 stock'),
      }),
    )
    .describe('按门店备货时每家门店的库存；其余礼品为空'),
  perMemberLimit: z.int().nullable(),
  needsReview: z.boolean(),
  returnDays: z.int().nullable(),
  lowStockAt: z.int(),
  pausesAtZero: z.boolean(),
  pausedAt: instant.nullable().describe('什么时候因为换完自动下架；上下架改过后为 null'),
  createdAt: instant,
  updatedAt: instant,
})

export const listAdminGifts = defineContract({
  id: 'admin.gifts.list',
  method: 'GET',
  path: '/api/admin/gifts',
  actor: 'admin',
  summary: '礼品列表，含下架的',
  query: pageQuery.extend({ q: searchText.optional() }),
  status: 200,
  response: pageOf(adminGift),
})

export const readAdminGift = defineContract({
  id: 'admin.gifts.read',
  method: 'GET',
  path: '/api/admin/gifts/:id',
  actor: 'admin',
  summary: '礼品详情',
  params: idParams,
  status: 200,
  response: z.object({ gift: adminGift }),
})

export const createGift = defineContract({
  id: 'admin.gifts.create',
  method: 'POST',
  path: '/api/admin/gifts',
  actor: 'admin',
  summary: '新建礼品',
  body: giftInput,
  status: 201,
  response: z.object({ gift: adminGift }),
  errors: ['gift.no_codes', 'gift.stock_is_codes'],
})

export const updateGift = defineContract({
  id: 'admin.gifts.update',
  method: 'PATCH',
  path: '/api/admin/gifts/:id',
  actor: 'admin',
  summary: '修改礼品；库存用库存变动改；按门店备货的礼品新增的门店从 0 件开始',
  params: idParams,
  body: giftInput
    .omit({ stock: true, skus: true, handOver: true, stockPerStore: true, stockByStore: true })
    .partial()
    .extend({
      skuPrices: z
        .array(z.strictObject({ skuId: identifier, pricePoints: points.nullable() }))
        .max(limits.skusPerGift)
        .optional()
        .describe('规格自己的原价，null 改回同礼品；没写的规格不变'),
    }),
  status: 200,
  response: z.object({ gift: adminGift }),
  errors: ['gift.no_codes'],
})

export const changeStock = defineContract({
  id: 'admin.gifts.change-stock',
  method: 'POST',
  path: '/api/admin/gifts/:id/stock-changes',
  actor: 'admin',
  summary: '库存增减，写明原因',
  idempotency: 'optional',
  params: idParams,
  body: z.object({
    skuId: identifier.optional(),
    storeId: identifier.optional().describe('按门店备货的礼品要写，其余不能写'),
    change: z
      .int()
      .min(-limits.stockMax)
      .max(limits.stockMax)
      .refine((change) => change !== 0, '变动数不能是 0'),
    reason: z.string().trim().min(2).max(limits.reasonCharacters),
  }),
  status: 201,
  response: z.object({
    stockEntry: z.object({ id: identifier, change: z.int(), stockAfter: z.int() }),
    gift: adminGift,
  }),
  errors: ['gift.sold_out', 'gift.stock_is_codes'],
})

const categoryInput = z.object({ name: text(12), sortOrder: z.int().min(0).max(10_000).optional() })

export const createGiftCategory = defineContract({
  id: 'admin.gift-categories.create',
  method: 'POST',
  path: '/api/admin/gift-categories',
  actor: 'admin',
  summary: '新建礼品分类',
  body: categoryInput.extend({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, '编号用小写字母、数字和连字符'),
  }),
  status: 201,
  response: z.object({ category: giftCategory }),
  errors: ['resource.conflict'],
})
