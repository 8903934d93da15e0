import { model, Schema } from 'mongoose'
import type { BusinessDate } from '#shared/domain/business-date'
import type { EarningRuleState, Tier } from '#shared/domain/enums'

/** What a rule does. Percents are whole: 100 is one point a yuan, or once the points. */
export type Effect =
  | { kind: 'rate'; percent: number }
  /** `stacks`: multiplies with the others; otherwise only the highest of those that do not stack counts. */
  | { kind: 'multiply'; percent: number; stacks: boolean }
  /** Points on top of a purchase whose matching lines come to so much. */
  | { kind: 'bonus'; points: number; minimumPaidFen: number }

/** Whom, when and what a rule is for. What is empty or null asks nothing. */
export interface Conditions {
  startsAt: Date | null
  /** The first instant at which it is over. */
  endsAt: Date | null
  /** 1 for Monday to 7 for Sunday, of the business date. */
  weekdays: number[]
  tiers: Tier[]
  /** One of them is enough. */
  groups: string[]
  birthday: 'day' | 'month' | null
  storeIds: string[]
  productGroups: string[]
  discountedOnly: boolean
}

/** The most that a rule adds, in points; what is over is cut and told. */
export interface Caps {
  perPurchase: number | null
  perDay: number | null
  perMonth: number | null
  perMember: number | null
  /** For all members together. */
  budget: number | null
}

/** How long the points of a rule live; null for the usual year. */
export type Expiry = { kind: 'days'; days: number } | { kind: 'date'; date: BusinessDate } | null

/** What an operator wrote: never changed once a purchase may have used it. */
export interface RuleTerms {
  /** As the member reads it. */
  name: string
  effect: Effect
  conditions: Conditions
  caps: Caps
  expiry: Expiry
  /** Of several rates the highest priority counts; multiples and bonuses are told in this order. */
  priority: number
}

export interface EarningRule extends RuleTerms {
  _id: string
  /** Grows by one with every change of the terms. */
  version: number
  state: EarningRuleState
  createdAt: Date
  updatedAt: Date
}

/** The terms of a rule as they were, for whoever must judge again by them. */
export interface EarningRuleVersion {
  /** `<rule>@<version>` */
  _id: string
  ruleId: string
  version: number
  terms: RuleTerms
  createdAt: Date
}

const mixed = Schema.Types.Mixed

const schema = new Schema<EarningRule>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    effect: { type: mixed, required: true },
    conditions: { type: mixed, required: true },
    caps: { type: mixed, required: true },
    expiry: { type: mixed, default: null },
    priority: { type: Number, required: true },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'earning_rules', versionKey: false },
)

// The rules that a purchase meets, and the admin's list by state.
schema.index({ state: 1, _id: -1 })

export const EarningRuleModel = model('EarningRule', schema)

const versionSchema = new Schema<EarningRuleVersion>(
  {
    _id: { type: String, required: true },
    ruleId: { type: String, required: true },
    version: { type: Number, required: true },
    terms: { type: mixed, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'earning_rule_versions', versionKey: false },
)

// The history of one rule, newest first.
versionSchema.index({ ruleId: 1, version: -1 })

export const EarningRuleVersionModel = model('EarningRuleVersion', versionSchema)

/** How entries and purchases name the terms that made points. */
export const versionIdOf = (ruleId: string, version: number): string => `${ruleId}@${version}`
