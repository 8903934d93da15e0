import { XMLBuilder } from 'fast-xml-parser'
import { z } from 'zod'
import { randomSecret, sha256 } from '#bff/kernel/secrets'
import { signPush } from '#bff/platform/wechat/official-account'
import { unionidOf } from './endpoints'
import { type StandInState, standInAccount } from './state'

export const followSchema = z.strictObject({
  /** The person's id in a demo code, `demo-<id>`. */
  demoId: z.string().min(1).max(64),
  isFollowing: z.boolean().default(true),
  /** Where the BFF listens. */
  pushTo: z.url(),
  /** The BFF's time, in seconds, where its clock was moved on; the stand-in's when left out. */
  atSeconds: z.int().optional(),
  /** A message to the account, in place of the event. */
  message: z.string().max(2_048).optional(),
})
export type Follow = z.input<typeof followSchema>

const builder = new XMLBuilder({ cdataPropName: 'cdata' })

/** What the account calls a person: another openid than the mini program's. */
const accountOpenidOf = (demoId: string): string => `oa-${sha256(demoId).slice(0, 26)}`

/** @throws Error when the BFF does not take the push */
export async function pushFollow(state: StandInState, follow: Follow): Promise<void> {
  const { demoId, isFollowing, pushTo, message, atSeconds } = followSchema.parse(follow)
  const openid = accountOpenidOf(demoId)
  if (isFollowing) state.followers.set(openid, unionidOf(demoId))
  else state.followers.delete(openid)
  const createdAtSeconds = atSeconds ?? Math.floor(state.clock.now().getTime() / 1_000)
  const text = (cdata: string) => ({ cdata })
  const body = builder.build({
    xml: {
      ToUserName: text(standInAccount.name),
      FromUserName: text(openid),
      CreateTime: createdAtSeconds,
      ...(message === undefined
        ? { MsgType: text('event'), Event: text(isFollowing ? 'subscribe' : 'unsubscribe') }
        : { MsgType: text('text'), Content: text(message) }),
    },
  })
  const push = { timestamp: String(createdAtSeconds), nonce: randomSecret(48) }
  const url = new URL('/api/wechat/official-account', pushTo)
  const query = { ...push, signature: signPush(standInAccount.token, push), openid }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body })
  if (!response.ok) throw new RangeError(`the BFF answered the push with ${response.status}`)
}
