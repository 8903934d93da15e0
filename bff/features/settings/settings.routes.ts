import * as contracts from '#shared/contracts/settings'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../platform/mongo/transaction'
import { adminWith, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { readSettings } from './queries/read-settings'
import { SettingsModel } from './settings.model'

const update = route(contracts.updateSettings, adminWith(), ({ services, principal, body }) =>
  inTransaction(async () => {
    const before = await readSettings()
    await SettingsModel.updateOne({ _id: 'settings' }, { $set: body }, { upsert: true }).catch(
      (error: unknown) => {
        // Two first changes at once: the second then changes what the first wrote.
        throw isDuplicateKey(error) ? new StaleReadError('settings') : error
      },
    )
    const settings = await readSettings()
    await recordAudit(services.clock, principal, {
      operation: contracts.updateSettings.id,
      targetId: 'settings',
      before,
      after: settings,
    })
    return { settings }
  }),
)

export const settingsRoutes = [
  route(contracts.readSettings, adminWith('operator', 'finance'), async () => ({
    settings: await readSettings(),
  })),
  // Owners only: finance approves adjustments, and must not raise the limit it is bound by.
  update,
]
