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
import * as inbox from '#shared/contracts/inbox'
import * as invitations from '#shared/contracts/invitations'
import * as liability from '#shared/contracts/liability'
import * as members from '#shared/contracts/members'
import * as openClients from '#shared/contracts/open-clients'
import * as orders from '#shared/contracts/orders'
import * as pictures from '#shared/contracts/pictures'
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
import * as uploads from '#shared/contracts/uploads'
import * as wishes from '#shared/contracts/wishes'

const calendar = checkIns.readCheckIns.response.shape

/**
 * The models that have a name in the OpenAPI document, so that generated clients read well. The names stand here and
 * not in the contracts, so that they can never weigh on the mini program.
 */
const models: Record<string, z.ZodType> = {
  AddressInput: addresses.addressInput,
  Address: addresses.address,
  Admin: admins.admin,
  AdminAccount: admins.adminAccount,
  AdminSession: admins.adminSession,
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
  AuditEntry: admins.listAuditEntries.response.shape.items.element,
  AfterSaleOption: afterSales.listAfterSaleOptions.response.shape.options.element,
  CheckInDay: calendar.days.element,
  CheckInToday: calendar.today,
  CheckInTomorrow: calendar.tomorrow,
  CheckInBonus: calendar.nextBonus.unwrap(),
  CheckInWeekday: calendar.week.element,
  CheckInProgress: calendar.progress.element,
  CheckInMilestone: calendar.milestones.element,
  CheckInMakeUp: calendar.makeUp,
  CheckInReminder: calendar.reminder,
  EarningRuleVersion: earningRules.readEarningRule.response.shape.versions.element,
  EarningRuleNotApplied: earningRules.tryEarning.response.shape.notApplied.element,
  CodeView: giftCodes.listCodeViews.response.shape.items.element,
  GiftCode: giftCodes.viewGiftCodes.response.shape.items.element,
  StockEntry: gifts.changeStock.response.shape.stockEntry,
  Message: inbox.listMessages.response.shape.items.element,
  AdminInvitation: invitations.listAdminInvitations.response.shape.items.element,
  OwedPointsOfMonth: liability.readLiability.response.shape.byMonth.element,
  OwedPointsOfSource: liability.readLiability.response.shape.bySource.element,
  PointsBalance: members.readMe.response.shape.points,
  AdminPointsEntry: points.listMemberEntries.response.shape.items.element,
  PointsMonth: points.listPointsEntries.response.shape.months.element,
  Verification: points.listVerifications.response.shape.items.element,
  AdminPurchase: purchases.listPurchases.response.shape.items.element,
  AdminRefund: purchases.listRefunds.response.shape.items.element,
  OwnPackets: rains.openPacket.response.shape.mine,
  ShipmentCounts: shipments.importShipments.response.shape.counts,
  ShipmentRow: shipments.importShipments.response.shape.rows.element,
  Carrier: shipments.listCarriers.response.shape.items.element,
  Redemption: staff.listRedemptions.response.shape.items.element,
  TaskAnswers: taskReviews.listTaskAnswers.response.shape.items.element,
  QuestionTally: taskReviews.tallyTaskAnswers.response.shape.questions.element,
  TaskVersion: tasks.readTask.response.shape.versions.element,
  QuizResult: tasks.submitTask.response.shape.quiz.unwrap(),
  TierBenefits: tiers.readTier.response.shape.tiers.element,
  Upload: uploads.createUpload.response.shape.upload,
  Picture: pictures.createPicture.response.shape.picture,
}

/** Tells zod's JSON Schema writer the names; a model without one is written out wherever it is used. */
export function nameModels(): void {
  for (const [id, schema] of Object.entries(models))
    z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })
}
