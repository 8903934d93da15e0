import type { Settings } from '#shared/contracts/settings'
import { defaults, SettingsModel } from '../settings.model'

/** The programme's numbers as they are now. Inside a transaction they are of its snapshot, as all it reads. */
export async function readSettings(): Promise<Settings> {
  const stored = await SettingsModel.findById('settings').select('-_id').lean()
  return { ...defaults, ...stored }
}
