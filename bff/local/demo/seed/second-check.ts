import { type Env, smsOf } from '#bff/env'
import { bindPhone } from '#shared/contracts/profile'
import { updateSettings } from '#shared/contracts/settings'
import { members } from '../world/members'
import type { Stage } from './stage'

/** Only the headphones cost that much. */
const secondCheckPoints = 10_000

/**
 * Whom one can be in the demo has a phone; where text messages can be sent, the dearest gift asks for a code. Last, for
 * nobody in the history typed one.
 */
export async function setUpSecondCheck(stage: Stage, env: Env): Promise<void> {
  for (const { id, phone, note } of members) {
    if (note === undefined) continue
    const response = await fetch(`${env.WECHAT_BASE_URL}/stand-in/phone-codes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone }),
    })
    const { code } = (await response.json()) as { code: string }
    await stage.member(id)(bindPhone, { body: { code } })
  }
  if (smsOf(env)) await stage.owner(updateSettings, { body: { secondCheckPoints } })
}
