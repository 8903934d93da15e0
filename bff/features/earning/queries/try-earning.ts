import type { z } from 'zod'
import type { tryEarning as contract } from '#shared/contracts/earning-rules'
import { newId } from '../../../kernel/ids'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { requireActiveMember } from '../../members'
import { readSettings } from '../../settings'
import { awardPurchase } from '../commands/award-purchase'
import { type Cut, evaluate, obstacleTo, type PurchaseFacts, type Share } from '../evaluate'
import { basicsOf, findRunningRules } from './find-rules'

type Input = z.output<typeof contract.body>

/** Ends the transaction of a trial, and carries what it found. */
class Tried extends Error {
  constructor(readonly outcome: { points: number; shares: Share[]; cuts: Cut[] }) {
    super('tried')
  }
}

/**
 * What a purchase would earn, and why. For a member it is earned indeed, by the very code that earns, and rolled back: what
 * he has used of any cap counts.
 * @throws `resource.not_found`, `member.blocked`, `member.closed`
 */
export async function tryEarning(
  services: Pick<Services, 'clock' | 'calendar'>,
  input: Input,
): Promise<z.input<typeof contract.response>> {
  const rules = await findRunningRules(input.includeDrafts ? ['running', 'draft', 'paused'] : ['running'])
  const facts = await factsOf(services, input)
  const settings = await readSettings()
  const { memberId } = input
  const outcome = memberId
    ? await inTransaction(async (): Promise<never> => {
        const award = { memberId, key: `try:${newId()}`, source: 'purchase', title: '试算' }
        throw new Tried(await awardPurchase(services, { ...award, facts, rules, settings }))
      }).catch((error: unknown) => {
        if (error instanceof Tried) return error.outcome
        throw error
      })
    : evaluate(facts, rules, basicsOf(settings))
  return {
    points: outcome.points,
    shares: outcome.shares
      .filter(({ points }) => points > 0)
      .map(({ ruleId, name, points }) => ({ ruleId, name, points })),
    cuts: outcome.cuts,
    notApplied: rules.flatMap((rule) => {
      const reason = obstacleTo(rule, facts)
      return reason === null ? [] : [{ ruleId: rule.id, name: rule.name, reason }]
    }),
  }
}

async function factsOf(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  { memberId, member, lines, storeId, occurredAt: toldAt }: Input,
): Promise<PurchaseFacts> {
  const occurredAt = toldAt ? new Date(toldAt) : clock.now()
  const buyer = memberId ? await requireActiveMember(memberId) : member
  return {
    lines,
    storeId,
    occurredAt,
    businessDate: calendar.dateOf(occurredAt),
    tier: buyer?.tier ?? 'regular',
    groups: buyer?.groups ?? [],
    birthday: buyer?.birthday?.slice(5) ?? null,
    accountKind: buyer?.accountKind ?? 'personal',
  }
}
