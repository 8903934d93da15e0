import { z } from 'zod'
import { tiers } from '../domain/enums'
import { limits } from '../domain/limits'
import { instant, text } from './contract'

const points = z.int().min(0).max(limits.pointsMax)
const pieces = z.int().min(1).max(limits.quantityPerItem)
const percent = z.int().min(1).max(99)

/** Of every tier above the first: whoever is not named has the list price, or that of the tier below. */
const perTier = <T extends z.ZodType>(value: T) =>
  z.strictObject({ silver: value, gold: value, platinum: value, diamond: value }).partial()

/** Groups and entitlements go by name. */
export const groupName = text(30)
export const entitlementName = text(30)

/** Who may redeem a gift, and how many. What is left out or null asks nothing. */
export const giftGuardsInput = z.object({
  perMemberLimit: pieces.nullable().optional().describe('每人一共最多几件'),
  perOrderLimit: pieces.nullable().optional().describe('一张订单最多几件'),
  perDayLimit: pieces.nullable().optional().describe('每人每个业务日最多几件'),
  dailyQuota: z.int().min(1).max(limits.stockMax).nullable().optional().describe('所有人每个业务日一共几件'),
  campaignId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, '活动编号用小写字母、数字和连字符')
    .nullable()
    .optional()
    .describe('所属活动；同一活动每人限换一件'),
  minimumBalance: points.optional().describe('兑换前至少要有多少可用积分，默认为设置里的参与门槛'),
  minimumTier: z.enum(tiers).nullable().optional(),
  newMemberDays: z.int().min(1).max(3_650).nullable().optional().describe('只给加入不满这么多天的新会员'),
  groups: z.array(groupName).max(limits.groups).optional().describe('只给这些人群，任一即可'),
  adultsOnly: z.boolean().optional().describe('仅限年满 18 周岁'),
  phoneRequired: z.boolean().optional().describe('要先绑定手机号'),
  spendThreshold: z
    .strictObject({
      fen: z.int().min(1).max(limits.moneyMaxFen),
      windowDays: z.int().min(1).max(limits.spendDays),
    })
    .nullable()
    .optional()
    .describe('最近多少天里消费满多少分钱'),
  entitlement: entitlementName.nullable().optional().describe('每件要用掉一份的资格'),
})

/** What a gift costs whom and when. The lowest price that applies is the price. */
export const giftPricesInput = z.object({
  tierPrices: perTier(points)
    .nullable()
    .optional()
    .describe('等级价；更高的等级不会更贵；规格有自己的原价时按同样的比例'),
  tierDiscountPercent: perTier(percent)
    .nullable()
    .optional()
    .describe('等级优惠，减去原价的百分之几，向上取整'),
  timedPrice: z
    .strictObject({ points, startsAt: instant, endsAt: instant })
    .nullable()
    .optional()
    .describe('限时价；规格有自己的原价时按同样的比例'),
})

/** Something that stands between a member and a gift. */
export const redeemObstacle = z.object({
  code: z.string().describe('原因，如 tier、gift.sold_out'),
  message: z.string().describe('为什么现在不能换'),
  help: z.string().nullable().describe('怎样就能换'),
  details: z.record(z.string(), z.unknown()),
})

export const eligibility = z.object({
  canRedeem: z.boolean(),
  redeemedByMe: z.int(),
  obstacles: z.array(redeemObstacle).describe('全部原因'),
})
