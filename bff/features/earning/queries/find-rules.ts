import type { Settings } from '#shared/contracts/settings'
import type { EarningRuleState } from '#shared/domain/enums'
import { EarningRuleModel, EarningRuleVersionModel, versionIdOf } from '../earning-rule.model'
import type { Basics, VersionedTerms } from '../evaluate'

/** The rules that run now, by the names of their terms. Inside a transaction they are of its snapshot. */
export async function findRunningRules(
  states: readonly EarningRuleState[] = ['running'],
): Promise<VersionedTerms[]> {
  const rules = await EarningRuleModel.find({ state: { $in: states } }).lean()
  return rules.map(({ _id, version, name, effect, conditions, caps, expiry, priority }) => ({
    id: versionIdOf(_id, version),
    ...{ name, effect, conditions, caps, expiry, priority },
  }))
}

/** Terms as they were, by `<rule>@<version>`. */
export async function findRuleVersions(ids: readonly string[]): Promise<VersionedTerms[]> {
  if (ids.length === 0) return []
  const versions = await EarningRuleVersionModel.find({ _id: { $in: ids } }).lean()
  return versions.map(({ _id, terms }) => ({ ...terms, id: _id }))
}

/** The part of the settings that purchases are judged by. */
export const basicsOf = (settings: Settings): Basics => ({
  ratePercent: settings.spendingRatePercent,
  tierPercent: {
    regular: 100,
    silver: settings.silverPercent,
    gold: settings.goldPercent,
    platinum: settings.platinumPercent,
    diamond: settings.diamondPercent,
  },
  capPerPurchase: {
    personal: settings.personalPurchaseCapPoints,
    merchant: settings.merchantPurchaseCapPoints,
    head_office: settings.headOfficePurchaseCapPoints,
  },
})
