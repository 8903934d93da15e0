import * as contracts from '#shared/contracts/earning-rules'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { adminWith, route } from '../../platform/route'
import { changeRule, createRule, findRule, setRuleState } from './commands/save-rule'
import { presentRules, presentVersion } from './earning.presenter'
import { type EarningRule, EarningRuleModel, EarningRuleVersionModel } from './earning-rule.model'
import { tryEarning } from './queries/try-earning'

const versionsShown = 20

const presentRule = async (rule: EarningRule) => {
  const [view] = await presentRules([rule])
  if (!view) throw new Error('one rule gives one view')
  return view
}

const list = route(contracts.listEarningRules, adminWith('operator', 'finance'), async ({ query }) => {
  const rows = await EarningRuleModel.find({
    ...(query.state ? { state: query.state } : {}),
    ...(query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}),
  })
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: await presentRules(page.items), nextCursor: page.nextCursor }
})

const read = route(contracts.readEarningRule, adminWith('operator', 'finance'), async ({ params }) => {
  const rule = await findRule(params.id)
  const versions = await EarningRuleVersionModel.find({ ruleId: rule._id })
    .sort({ version: -1 })
    .limit(versionsShown)
    .lean()
  return { rule: await presentRule(rule), versions: versions.map(presentVersion) }
})

export const earningRoutes = [
  list,
  read,
  route(contracts.createEarningRule, adminWith('operator'), async ({ services, principal, body }) => ({
    rule: await presentRule(await createRule(services, principal, body)),
  })),
  route(
    contracts.changeEarningRule,
    adminWith('operator'),
    async ({ services, principal, params, body }) => ({
      rule: await presentRule(await changeRule(services, principal, params.id, body)),
    }),
  ),
  route(
    contracts.setEarningRuleState,
    adminWith('operator'),
    async ({ services, principal, params, body }) => ({
      rule: await presentRule(await setRuleState(services, principal, params.id, body.state)),
    }),
  ),
  route(contracts.tryEarning, adminWith('operator', 'finance', 'support'), ({ services, body }) =>
    tryEarning(services, body),
  ),
]
