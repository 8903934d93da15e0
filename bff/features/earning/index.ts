export {
  type AwardEntry,
  type Awarded,
  type AwardShare,
  awardPoints,
  type GivenShare,
} from './commands/award-points'
export { awardPurchase, expiryOf, remainingShares } from './commands/award-purchase'
export { uncountEarned } from './commands/count-earned'
export { withBudgetLocks } from './commands/with-budget-locks'
export { earningRoutes } from './earning.routes'
export type { Expiry } from './earning-rule.model'
export { type Basics, type Cut, type PurchaseFacts, sumOf } from './evaluate'
export { basicsOf, findRuleVersions, findRunningRules } from './queries/find-rules'
