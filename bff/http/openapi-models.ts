import { z } from 'zod'
import * as addresses from '#shared/contracts/addresses'
import * as admins from '#shared/contracts/admins'
import * as afterSales from '#shared/contracts/after-sales'
import * as alerts from '#shared/contracts/alerts'
import * as basket from '#shared/contracts/basket'
import * as checkIns from '#shared/contracts/check-ins'
import * as earningRules from '#shared/contracts/earning-rules'
import * as entitlements from '#shared/contracts/entitlements'
import * as giftCodes from '#shared/contracts/gift-codes'
import * as giftRules from '#shared/contracts/gift-rules'
import * as gifts from '#shared/contracts/gifts'
import * as help from '#shared/contracts/help'
import * as invitations from '#shared/contracts/invitations'
import * as liability from '#shared/contracts/liability'
import * as members from '#shared/contracts/members'
import * as openClients from '#shared/contracts/open-clients'
import * as orders from '#shared/contracts/orders'
import * as points from '#shared/contracts/points'
import * as pointsAdjustments from '#shared/contracts/points-adjustments'
import * as profile from '#shared/contracts/profile'
import * as purchases from '#shared/contracts/purchases'
import * as rains from '#shared/contracts/rains'
import * as settings from '#shared/contracts/settings'
import * as shipments from '#shared/contracts/shipments'
import * as staff from '#shared/contracts/staff'
import * as stores from '#shared/contracts/stores'
import * as taskQuestions from '#shared/contracts/task-questions'
import * as taskReviews from '#shared/contracts/task-reviews'
import * as tasks from '#shared/contracts/tasks'
import * as tiers from '#shared/contracts/tiers'
import * as wishes from '#shared/contracts/wishes'

/**
 * The models that have a name in the OpenAPI document, so that generated clients read well. The names stand here and
 * not in the contracts, so that they can never weigh on the mini program.
 */
const models: Record<string, z.ZodType> = {
  AddressInput: addresses.addressInput,
  Address: addresses.address,
  Admin: admins.admin,
  AfterSaleSummary: afterSales.afterSaleSummary,
  AfterSale: afterSales.afterSaleDetail,
  AdminAfterSale: afterSales.adminAfterSale,
  Alert: alerts.alert,
  BasketLine: basket.basketLine,
  Basket: basket.basket,
  MakeUpPrice: checkIns.makeUpPrice,
  EarningEffect: earningRules.effect,
  EarningConditions: earningRules.conditions,
  EarningCaps: earningRules.caps,
  PointsExpiry: earningRules.pointsExpiry,
  EarningRule: earningRules.earningRule,
  EarningRuleInput: earningRules.termsInput,
  EarningShare: earningRules.earningShare,
  EarningCut: earningRules.earningCut,
  PurchaseLine: earningRules.purchaseLine,
  Entitlement: entitlements.entitlement,
  CodeImportSummary: giftCodes.codeImportSummary,
  CodeImport: giftCodes.codeImport,
  RedeemObstacle: giftRules.redeemObstacle,
  Eligibility: giftRules.eligibility,
  GiftCategory: gifts.giftCategory,
  GiftCard: gifts.giftCard,
  Gift: gifts.giftDetail,
  GiftInput: gifts.giftInput,
  AdminGift: gifts.adminGift,
  HelpArticle: help.article,
  HelpContact: help.contact,
  AdminHelpArticle: help.adminHelpArticle,
  HelpArticleInput: help.articleInput,
  Invitation: invitations.invitation,
  OwedPoints: liability.owed,
  Member: members.member,
  AdminMember: members.adminMember,
  OpenClient: openClients.openClient,
  OpenClientWithSecret: openClients.openClientWithSecret,
  OrderItem: orders.orderItem,
  OrderSummary: orders.orderSummary,
  Order: orders.orderDetail,
  AdminOrder: orders.adminOrder,
  PointsSummary: points.pointsSummary,
  PointsEntry: points.pointsEntry,
  LedgerDifference: points.ledgerDifference,
  PointsAdjustment: pointsAdjustments.pointsAdjustment,
  Profile: profile.profile,
  Refund: purchases.refund,
  Purchase: purchases.purchase,
  AdminRain: rains.adminRain,
  Rain: rains.rain,
  RainInput: rains.termsInput,
  Settings: settings.settings,
  Parcel: shipments.parcelInput,
  StaffMember: staff.staffMember,
  RedemptionOrder: staff.redemptionOrder,
  AdminStaff: staff.adminStaff,
  Store: stores.store,
  StoreInput: stores.storeInput,
  SingleChoiceQuestion: taskQuestions.single,
  MultipleChoiceQuestion: taskQuestions.multiple,
  RatingQuestion: taskQuestions.rating,
  TextQuestion: taskQuestions.words,
  TaskProof: taskReviews.taskProof,
  GivenAnswer: taskReviews.answer,
  TaskContent: tasks.content,
  TaskSchedule: tasks.schedule,
  AdminTask: tasks.adminTask,
  Task: tasks.memberTask,
  TaskQuestion: tasks.memberQuestion,
  TaskAnswer: tasks.answer,
  AdminTier: tiers.adminTier,
  GrowthDay: tiers.growthDay,
  Wish: wishes.wish,
}

/** Tells zod's JSON Schema writer the names; a model without one is written out wherever it is used. */
export function nameModels(): void {
  for (const [id, schema] of Object.entries(models))
    z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })
}
