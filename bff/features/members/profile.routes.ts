import type { z } from 'zod'
import * as contracts from '#shared/contracts/profile'
import { anyMember, anyone, type Route, route } from '../../platform/route'
import { readPoints } from '../points'
import { readAttachedBytes } from '../uploads'
import { bindPhone, type CarryOver } from './commands/bind-phone'
import { type ClosingParts, closeMember, findClosingObstacles } from './commands/close-member'
import { updateProfile } from './commands/update-profile'
import { withdrawConsent } from './commands/withdraw-consent'
import type { Member } from './member.model'
import { findOpenMember } from './queries/find-open-member'

export const presentProfile = ({
  birthday,
  phoneMasked,
  consent,
  mutedTopics,
}: Member): z.input<typeof contracts.profile> => ({
  birthday,
  phoneMasked: phoneMasked ?? null,
  consent: consent && { version: consent.version, givenAt: consent.givenAt.toISOString() },
  mutedTopics: mutedTopics ?? [],
})

/** Routes by which a member keeps what is known of him. */
export const createProfileRoutes = (parts: { closing: ClosingParts; carryOver: CarryOver }): Route[] => [
  route(contracts.updateProfile, anyMember, async ({ services, principal, body }) => {
    await updateProfile(services, principal.id, body)
    const member = await findOpenMember(principal.id)
    return { profile: presentProfile(member), nick: member.nick, avatarUrl: member.avatarUrl }
  }),
  route(contracts.bindPhone, anyMember, async ({ services, principal, body }) => {
    await bindPhone(services, parts.carryOver, principal.id, body.code)
    return { profile: presentProfile(await findOpenMember(principal.id)) }
  }),
  route(contracts.withdrawConsent, anyMember, async ({ services, principal }) => {
    await withdrawConsent(services, principal.id)
    return null
  }),
  route(contracts.readClosing, anyMember, async ({ services, principal }) => {
    const member = await findOpenMember(principal.id)
    const { available } = await readPoints(services, member._id)
    return {
      obstacles: await findClosingObstacles(services, parts.closing, member),
      availablePoints: available,
    }
  }),
  route(contracts.closeMe, anyMember, ({ services, principal, body, idempotencyKey }) =>
    closeMember(services, parts.closing, { memberId: principal.id, key: idempotencyKey, input: body }),
  ),
  route(contracts.readAvatar, anyone, ({ services, params }) =>
    readAttachedBytes(services, params.id, 'avatar:'),
  ),
]
