import type { z } from 'zod'
import * as contracts from '#shared/contracts/earning-rules'
import type { EarningRuleState } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { findStores } from '../../stores'
import {
  type EarningRule,
  EarningRuleModel,
  EarningRuleVersionModel,
  type RuleTerms,
  versionIdOf,
} from '../earning-rule.model'

type TermsInput = z.output<typeof contracts.createEarningRule.body>

/** Writes a rule as a draft; nothing earns by it yet. @throws `request.invalid`, `earning.limit_reached` */
export async function createRule(
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  input: TermsInput,
): Promise<EarningRule> {
  const terms = toTerms(input)
  await assertStores(terms)
  const now = services.clock.now()
  const rule: EarningRule = {
    ...terms,
    _id: newId(),
    version: 1,
    state: 'draft',
    createdAt: now,
    updatedAt: now,
  }
  await inTransaction(async () => {
    const open = await EarningRuleModel.countDocuments({ state: { $ne: 'ended' } })
    if (open >= limits.earningRules) throw new DomainError('earning.limit_reached')
    await insertWhole(EarningRuleModel, [rule])
    await keepVersion(rule, terms, now)
    await recordAudit(services.clock, admin, {
      operation: contracts.createEarningRule.id,
      targetId: rule._id,
      before: null,
      after: terms,
    })
  })
  return rule
}

/**
 * Gives a rule new terms under a new version. Purchases keep the versions they were judged by.
 * @throws `resource.conflict` when it is another version by now; `earning.rule_ended`, `request.invalid`.
 */
export async function changeRule(
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  ruleId: string,
  { version, ...input }: z.output<typeof contracts.changeEarningRule.body>,
): Promise<EarningRule> {
  const terms = toTerms(input)
  await assertStores(terms)
  return inTransaction(async () => {
    const before = await findRule(ruleId)
    if (before.state === 'ended') throw new DomainError('earning.rule_ended')
    const now = services.clock.now()
    const changes = { ...terms, version: version + 1, updatedAt: now }
    const changed = await EarningRuleModel.updateOne({ _id: ruleId, version }, { $set: changes })
    if (changed.matchedCount !== 1) throw new DomainError('resource.conflict')
    await keepVersion({ _id: ruleId, version: version + 1 }, terms, now)
    await recordAudit(services.clock, admin, {
      operation: contracts.changeEarningRule.id,
      targetId: ruleId,
      before,
      after: terms,
    })
    return { ...before, ...changes }
  })
}

/** Starts, pauses or ends a rule. @throws `earning.rule_ended`, `earning.limit_reached` when too many run. */
export async function setRuleState(
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  ruleId: string,
  state: Exclude<EarningRuleState, 'draft'>,
): Promise<EarningRule> {
  return inTransaction(async () => {
    const before = await findRule(ruleId)
    if (before.state === 'ended' && state !== 'ended') throw new DomainError('earning.rule_ended')
    const running = await EarningRuleModel.countDocuments({ state: 'running', _id: { $ne: ruleId } })
    if (state === 'running' && running >= limits.runningEarningRules)
      throw new DomainError('earning.limit_reached', {
        message: `同时最多启用 ${limits.runningEarningRules} 条规则`,
      })
    const changes = { state, updatedAt: services.clock.now() }
    await EarningRuleModel.updateOne({ _id: ruleId }, { $set: changes })
    await recordAudit(services.clock, admin, {
      operation: contracts.setEarningRuleState.id,
      targetId: ruleId,
      before: { state: before.state },
      after: { state },
    })
    return { ...before, ...changes }
  })
}

/** @throws `resource.not_found` */
export async function findRule(ruleId: string): Promise<EarningRule> {
  const rule = await EarningRuleModel.findById(ruleId).lean()
  if (!rule) throw notFound('没有这条积分规则')
  return rule
}

const keepVersion = (
  { _id, version }: Pick<EarningRule, '_id' | 'version'>,
  terms: RuleTerms,
  createdAt: Date,
): Promise<void> =>
  insertWhole(EarningRuleVersionModel, [
    { _id: versionIdOf(_id, version), ruleId: _id, version, terms, createdAt },
  ])

function toTerms({ conditions, ...input }: TermsInput): RuleTerms {
  const toDate = (instant: string | null) => (instant ? new Date(instant) : null)
  const [startsAt, endsAt] = [toDate(conditions.startsAt), toDate(conditions.endsAt)]
  if (startsAt && endsAt && endsAt <= startsAt)
    throw new DomainError('request.invalid', {
      message: '结束时间要晚于开始时间',
      details: { path: 'conditions.endsAt' },
    })
  return { ...input, conditions: { ...conditions, startsAt, endsAt } }
}

async function assertStores({ conditions: { storeIds } }: RuleTerms): Promise<void> {
  const ids = [...new Set(storeIds)]
  if (ids.length > 0 && (await findStores(ids)).length < ids.length)
    throw new DomainError('request.invalid', {
      message: '有的门店不存在',
      details: { path: 'conditions.storeIds' },
    })
}
