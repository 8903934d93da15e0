import { z } from 'zod'
import { accountKinds, earningRuleStates, tiers } from '../domain/enums'
import { limits } from '../domain/limits'
import {
  businessDate,
  defineContract,
  identifier,
  idParams,
  instant,
  pageOf,
  pageQuery,
  seenVersion,
  text,
} from './contract'
import { groupName } from './gift-rules'

const percent = z.int().min(0).max(limits.percentMax)
const somePoints = z.int().min(1).max(limits.pointsMax)
const fen = z.int().min(0).max(limits.moneyMaxFen)

/** A group of goods as the shop's system names it. */
export const productGroup = text(40)

export const effect = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('rate'), percent })
    .describe('适用的商品按这个比例得积分：100 表示 1 元 1 积分，0 表示不得'),
  z
    .strictObject({ kind: z.literal('multiply'), percent: percent.min(100), stacks: z.boolean() })
    .describe('翻倍：200 表示双倍；stacks=false 的几条里只算最高的一条，true 的再与它相乘'),
  z
    .strictObject({ kind: z.literal('bonus'), points: somePoints, minimumPaidFen: fen })
    .describe('适用的商品付满多少分钱，另送多少积分'),
])

export const conditions = z.strictObject({
  startsAt: instant.nullable().default(null),
  endsAt: instant.nullable().default(null).describe('到这一刻为止'),
  weekdays: z.array(z.int().min(1).max(7)).max(7).default([]).describe('1 是星期一，7 是星期日；空表示每天'),
  tiers: z.array(z.enum(tiers)).max(tiers.length).default([]).describe('空表示所有等级'),
  groups: z.array(groupName).max(limits.groups).default([]).describe('在任一人群里即可'),
  birthday: z.enum(['day', 'month']).nullable().default(null).describe('只在生日当天或当月'),
  storeIds: z.array(identifier).max(limits.storesPerRule).default([]),
  productGroups: z.array(productGroup).max(limits.productGroupsPerRule).default([]),
  discountedOnly: z.boolean().default(false).describe('只算打了折的商品'),
})

const cap = somePoints.nullable().default(null)
export const caps = z.strictObject({
  perPurchase: cap,
  perDay: cap.describe('每人每天'),
  perMonth: cap.describe('每人每月'),
  perMember: cap.describe('每人一共'),
  budget: cap.describe('所有人一共'),
})

/** How long points live; null, where it may be, is the usual year. */
export const pointsExpiry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('days'), days: z.int().min(1).max(3_650) }),
  z.strictObject({ kind: z.literal('date'), date: businessDate }),
])

const noConditions = conditions.parse({})
const noCaps = caps.parse({})

const terms = {
  name: text(30).describe('会员在积分明细里看到的名称'),
  effect,
  conditions,
  caps: caps.describe('这条规则多给的积分最多多少，超过的部分不给'),
  expiry: pointsExpiry.nullable().describe('这条规则给的积分活多久；不写是一年'),
  priority: z.int().min(0).max(1_000).describe('几条比例都适用时取最大的；翻倍和赠送按从大到小的次序计算'),
}

export const earningRule = z.object({
  id: identifier,
  ...terms,
  version: z.int(),
  state: z.enum(earningRuleStates),
  givenPoints: z.int().nullable().describe('已经给出的积分；没有设总预算的为 null'),
  createdAt: instant,
  updatedAt: instant,
})

export const termsInput = z.strictObject({
  ...terms,
  conditions: conditions.default(noConditions),
  caps: caps.default(noCaps),
  expiry: terms.expiry.default(null),
  priority: terms.priority.default(100),
})

export const createEarningRule = defineContract({
  id: 'admin.earning-rules.create',
  method: 'POST',
  path: '/api/admin/earning-rules',
  actor: 'admin',
  summary: '新建积分规则；先是草稿，启用后才生效',
  body: termsInput,
  status: 201,
  response: z.object({ rule: earningRule }),
  errors: ['earning.limit_reached'],
})

export const changeEarningRule = defineContract({
  id: 'admin.earning-rules.change',
  method: 'PUT',
  path: '/api/admin/earning-rules/:id',
  actor: 'admin',
  summary: '改积分规则，成为新的版本；已经得到的积分不变',
  params: idParams,
  body: termsInput.extend({ version: seenVersion.describe('改的是哪个版本，别人先改过就拒绝') }),
  status: 200,
  response: z.object({ rule: earningRule }),
  errors: ['resource.conflict', 'earning.rule_ended'],
})

export const setEarningRuleState = defineContract({
  id: 'admin.earning-rules.set-state',
  method: 'POST',
  path: '/api/admin/earning-rules/:id/state',
  actor: 'admin',
  summary: '启用、暂停或结束积分规则；结束了不能再启用',
  params: idParams,
  body: z.strictObject({ state: z.enum(['running', 'paused', 'ended']) }),
  status: 200,
  response: z.object({ rule: earningRule }),
  errors: ['earning.rule_ended', 'earning.limit_reached'],
})

export const listEarningRules = defineContract({
  id: 'admin.earning-rules.list',
  method: 'GET',
  path: '/api/admin/earning-rules',
  actor: 'admin',
  summary: '积分规则',
  query: pageQuery.extend({ state: z.enum(earningRuleStates).optional() }),
  status: 200,
  response: pageOf(earningRule),
})

export const readEarningRule = defineContract({
  id: 'admin.earning-rules.read',
  method: 'GET',
  path: '/api/admin/earning-rules/:id',
  actor: 'admin',
  summary: '一条积分规则和它以前的版本（最近 20 个）',
  params: idParams,
  status: 200,
  response: z.object({
    rule: earningRule,
    versions: z.array(z.object({ version: z.int(), ...terms, createdAt: instant })),
  }),
})

/** The part of the points that one rule adds. */
export const earningShare = z.object({
  ruleId: z.string().describe('规则@版本；basic 是消费积分，tier 是等级加成'),
  name: z.string(),
  points: z.int(),
})

export const earningCut = z.object({
  ruleId: z.string().nullable().describe('哪条规则的上限；null 是整个积分计划的'),
  reason: z.string(),
  points: z.int().describe('少得多少'),
})

/** What of a purchase decides its points. */
export const purchaseLine = z.strictObject({
  lineId: z.string().regex(/^[\x21-\x7e]{1,64}$/, '标识用 1 到 64 位可见的英文字符'),
  paidFen: fen.describe('这一行实际付了多少分钱（优惠以后）'),
  productGroup: productGroup.nullable().default(null),
  isDiscounted: z.boolean().default(false),
})

export const purchaseLines = z
  .array(purchaseLine)
  .min(1)
  .max(limits.purchaseLines)
  .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, '行标识不能重复')
  .refine((lines) => lines.reduce((sum, { paidFen }) => sum + paidFen, 0) <= limits.moneyMaxFen, '金额太大了')

export const tryEarning = defineContract({
  id: 'admin.earning-rules.try',
  method: 'POST',
  path: '/api/admin/earning-rules/try',
  actor: 'admin',
  summary: '试算：这样一笔消费会得多少积分，为什么；什么都不会改变',
  body: z.strictObject({
    lines: purchaseLines,
    storeId: identifier.nullable().default(null),
    occurredAt: instant.optional().describe('不写就是现在'),
    memberId: identifier.optional().describe('按这位会员的等级、人群、生日、账户类型，并算上已经用掉的上限'),
    member: z
      .strictObject({
        tier: z.enum(tiers).default('regular'),
        groups: z.array(groupName).max(limits.groups).default([]),
        birthday: businessDate.nullable().default(null),
        accountKind: z.enum(accountKinds).default('personal'),
      })
      .optional()
      .describe('没有写会员编号时，按这样一位会员'),
    includeDrafts: z.boolean().default(false).describe('草稿和暂停的规则也算进去'),
  }),
  status: 200,
  response: z.object({
    points: z.int(),
    shares: z.array(earningShare),
    cuts: z.array(earningCut),
    notApplied: z.array(z.object({ ruleId: z.string(), name: z.string(), reason: z.string() })),
  }),
  errors: ['resource.not_found', 'member.blocked', 'member.closed'],
})
