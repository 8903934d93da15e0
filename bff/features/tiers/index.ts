import { readStanding, settleTier, type TierServices } from './commands/settle-tier'

export { addGrowth } from './commands/add-growth'
export { carryRewards, eraseGrowth } from './commands/carry-rewards'
export { lendTier } from './commands/lend-tier'
export { sweepTiers } from './jobs/sweep-tiers'
export { tiersRoutes } from './tiers.routes'

/** Brings a tier in line after an admin changed its floor, in the caller's transaction: at once, without a message. */
export async function settleByHand(services: TierServices, memberId: string): Promise<void> {
  const standing = await readStanding(services, memberId)
  if (standing) await settleTier(services, standing, { isByHand: true })
}
