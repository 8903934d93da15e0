import { hmacSha256 } from '../../../kernel/secrets'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { DomainEvent, OutboxConsumer } from '../../../platform/outbox/outbox'
import type { Services } from '../../../platform/services'
import { FollowerModel } from '../follower.model'
import { readPush } from '../read-push'
import { TakenPushModel } from '../taken-push.model'

type FollowerServices = Pick<Services, 'clock' | 'codeKeys' | 'officialAccount' | 'outbox'>

/** Longer than any timestamp is accepted, with room for clocks that differ. */
const pushLifeMs = 15 * 60_000

/** Who reads the database cannot find a person of WeChat in it. */
export const hashOf = ({ codeKeys }: Pick<Services, 'codeKeys'>, id: string): string =>
  hmacSha256(codeKeys.lookup, `follower ${id}`)

/**
 * Takes a push: WeChat waits 5 seconds for an answer, so what it is about is kept in the outbox and asked about later.
 * Whoever writes to the account is looked at too: he may have followed it before Jili was told of followers.
 * @throws `request.invalid`
 */
export async function takePush(
  services: FollowerServices,
  stamp: { timestamp: string; nonce: string },
  bytes: Buffer,
): Promise<void> {
  const { openid, isFollowEvent } = readPush(bytes)
  if (!isFollowEvent) {
    const openidHash = hashOf(services, `openid ${openid}`)
    if (await FollowerModel.exists({ openidHash, isFollowing: true })) return
  }
  await once(services, stamp, () => services.outbox.publish('official-account.pushed', { openid }))
}

/**
 * A signature does not cover the body, so whoever saw one could push about anybody, and each push asks WeChat. Therefore one
 * signature takes one push. WeChat sends again what it got no answer to; that is answered as the first time.
 */
async function once(
  { clock }: FollowerServices,
  { timestamp, nonce }: { timestamp: string; nonce: string },
  act: () => Promise<void>,
): Promise<void> {
  const push = { _id: `${timestamp} ${nonce}`, expiresAt: new Date(clock.now().getTime() + pushLifeMs) }
  await inTransaction(async () => {
    await TakenPushModel.insertMany([push])
    await act()
  }).catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error
  })
}

/**
 * Asks WeChat about everybody that a push was about. What WeChat says then is the truth: pushes may come twice, late, in
 * another order, or from somebody who has seen a signature, and none of it makes a follower.
 */
export const createFollowersConsumer = (services: () => FollowerServices): OutboxConsumer => ({
  name: 'followers',
  events: ['official-account.pushed'],
  async handle({ payload }: DomainEvent) {
    const { officialAccount, clock } = services()
    if (!officialAccount) return
    const openid = String(payload.openid)
    const openidHash = hashOf(services(), `openid ${openid}`)
    const { isFollowing, unionid } = await officialAccount.followerOf(openid)
    const changes = { openidHash, isFollowing, changedAt: clock.now() }
    if (isFollowing && unionid) {
      const _id = hashOf(services(), `unionid ${unionid}`)
      await FollowerModel.updateOne({ _id }, { $set: changes }, { upsert: true })
    } else await FollowerModel.updateMany({ openidHash }, { $set: changes })
  },
})
