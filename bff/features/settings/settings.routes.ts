import type { Settings } from '#shared/contracts/settings'
import * as contracts from '#shared/contracts/settings'
import { DomainError } from '../../kernel/errors'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../platform/mongo/transaction'
import { adminWith, anyone, route } from '../../platform/route'
import type { Services } from '../../platform/services'
import { recordAudit } from '../audit'
import { readSettings } from './queries/read-settings'
import { SettingsModel } from './settings.model'

/** Two changes at once write the one document, so the numbers are judged as they will stand together. */
function assertReminderIsFirst({ reviewReminderDays, reviewRejectDays }: Settings): void {
  if (reviewReminderDays < reviewRejectDays) return
  throw new DomainError('request.invalid', {
    message: '审核提醒要早于自动拒绝',
    details: { path: 'reviewReminderDays' },
  })
}

/** A higher tier that asks for less could never be told from the one below. */
function assertTiersRise({ silverGrowth, goldGrowth, platinumGrowth, diamondGrowth }: Settings): void {
  if (silverGrowth < goldGrowth && goldGrowth < platinumGrowth && platinumGrowth < diamondGrowth) return
  throw new DomainError('request.invalid', {
    message: '成长值要一级比一级高：银卡、金卡、铂金、钻石',
    details: { path: 'silverGrowth' },
  })
}

/** Orders that need a code nobody can send could not be placed at all. */
function assertCodesCanBeSent(secondCheckPoints: number | undefined, sms: Services['sms']): void {
  if (secondCheckPoints && !sms) throw new DomainError('sms.not_configured')
}

const update = route(contracts.updateSettings, adminWith(), ({ services, principal, body }) => {
  assertCodesCanBeSent(body.secondCheckPoints, services.sms)
  return inTransaction(async () => {
    const before = await readSettings()
    await SettingsModel.updateOne({ _id: 'settings' }, { $set: body }, { upsert: true }).catch(
      (error: unknown) => {
        // Two first changes at once: the second then changes what the first wrote.
        throw isDuplicateKey(error) ? new StaleReadError('settings') : error
      },
    )
    const settings = await readSettings()
    assertReminderIsFirst(settings)
    assertTiersRise(settings)
    await recordAudit(services.clock, principal, {
      operation: contracts.updateSettings.id,
      targetId: 'settings',
      before,
      after: settings,
    })
    return { settings }
  })
})

export const settingsRoutes = [
  route(contracts.readSettings, adminWith('operator', 'finance'), async () => ({
    settings: await readSettings(),
  })),
  route(contracts.readBrand, anyone, async () => {
    const { accentColor } = await readSettings()
    return { brand: { accentColor } }
  }),
  // Owners only: finance approves adjustments, and must not raise the limit it is bound by.
  update,
]
