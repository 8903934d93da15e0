import type { InviteAct } from '#shared/domain/enums'
import type { DomainEvent, OutboxConsumer } from '../../platform/outbox/outbox'
import type { Services } from '../../platform/services'
import { settleInvitation } from './commands/settle-invitation'

/** The acts of an invited member that events tell of. */
const acts: Record<string, InviteAct> = {
  'member.registered': 'register',
  'member.checked-in': 'check_in',
  'member.bought': 'purchase',
}

/** Follows what invited members do. It may hear of one act twice: what it does is done once. */
export const createInvitationsConsumer = (
  services: () => Pick<Services, 'clock' | 'calendar' | 'outbox'>,
): OutboxConsumer => ({
  name: 'invitations',
  events: Object.keys(acts),
  async handle({ name, payload }: DomainEvent) {
    const act = acts[name]
    if (act) await settleInvitation(services(), String(payload.memberId), act)
  },
})
