import { model, Schema } from 'mongoose'
import type { Settings } from '#shared/contracts/settings'
import { limits } from '#shared/domain/limits'

/** What holds until an admin changes it. */
export const defaults: Settings = {
  adjustmentLimitPoints: 10_000,
  pointsPerYuan: 100,
  registrationPoints: 100,
  registrationLifeDays: 30,
  checkInPoints: 5,
  checkInWeekExtraPoints: 20,
  checkInMonthPoints: 0,
  checkInMonthCards: 1,
  checkInMonthTier: 'gold',
  checkInMonthTierDays: 30,
  checkInMonthEntitlement: '',
  checkInMonthEntitlementDays: 30,
  makeUpPricePoints: 30,
  makeUpMonthLimit: 3,
  makeUpDaysBack: 30,
  checkInReminderHour: 20,
  spendingRatePercent: 100,
  silverPercent: 120,
  goldPercent: 150,
  platinumPercent: 180,
  diamondPercent: 200,
  personalPurchaseCapPoints: 500,
  merchantPurchaseCapPoints: 2_000,
  headOfficePurchaseCapPoints: 5_000,
  silverGrowth: 1_000,
  goldGrowth: 5_000,
  platinumGrowth: 20_000,
  diamondGrowth: 50_000,
  silverRewardPoints: 50,
  goldRewardPoints: 200,
  platinumRewardPoints: 500,
  diamondRewardPoints: 1_000,
  tierGraceDays: 30,
  growthPerYuan: 1,
  growthPerCheckIn: 1,
  dayCapPoints: 0,
  monthCapPoints: 0,
  balanceCeilingPoints: limits.pointsMax,
  inviterPoints: 50,
  inviteePoints: 20,
  inviteMonthLimit: 20,
  inviteNetworkLimit: 5,
  inviteAct: 'check_in',
  minimumBalancePoints: 100,
  secondCheckPoints: 0,
  reviewReminderDays: 3,
  reviewRejectDays: 7,
  autoConfirmDays: 7,
  returnLapseDays: 14,
  accentColor: '#1F6B4F',
}

/** The one document: what was changed, so that a new default reaches whoever never changed it. */
export interface StoredSettings extends Partial<Settings> {
  _id: 'settings'
}

const fields = Object.fromEntries(
  Object.entries(defaults).map(([name, value]) => [
    name,
    { type: typeof value === 'number' ? Number : String },
  ]),
)

const schema = new Schema<StoredSettings>(
  { _id: { type: String, required: true }, ...fields },
  { collection: 'settings', versionKey: false },
)

export const SettingsModel = model('Settings', schema)
