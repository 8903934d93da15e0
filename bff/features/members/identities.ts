import { hmacSha256 } from '../../kernel/secrets'
import type { Services } from '../../platform/services'
import { type ClosedIdentity, ClosedIdentityModel } from './member.model'

export type IdentityServices = Pick<Services, 'codeKeys'>

/** The keys under which a person of WeChat is one member. */
export const identityKeys = ({ openid, unionid }: { openid: string; unionid: string | null }): string[] => [
  `openid:${openid}`,
  ...(unionid ? [`unionid:${unionid}`] : []),
]

/** A phone number as a key, which does not tell it. */
export const phoneKey = (services: IdentityServices, phone: string): string =>
  `phone:${identityHash(services, `phone:${phone}`)}`

/** Who reads the database cannot find a person by trying every phone number: the key is not in it. */
export const identityHash = ({ codeKeys }: IdentityServices, identity: string): string =>
  hmacSha256(codeKeys.lookup, `identity ${identity}`)

/** What is remembered of a person by any of these keys of his; the oldest membership of them. */
export async function findClosed(
  services: IdentityServices,
  keys: readonly string[],
): Promise<ClosedIdentity | null> {
  const hashes = keys.map((key) => identityHash(services, key))
  return ClosedIdentityModel.findOne({ _id: { $in: hashes } })
    .sort({ firstJoinedAt: 1 })
    .lean()
}
