import assert from 'node:assert'
import { randomUUID } from 'node:crypto'
import type { Answer, Json } from '#test/support/client'
import type { FaultWorld } from './fault-world'

/** One request of a redemption that is struck, and what must be true of it afterwards. */
export interface Attempt {
  memberToken: string
  /** Sends the request, under the same key each time. */
  send(): Promise<Answer<Json>>
  /** The states that the member's order may be in; `null` stands for no order. */
  allowed: { done: string; undone: string | null }
}

export interface Flow {
  name: string
  lastStep: string
  prepare(world: FaultWorld, shop: Shop): Promise<Attempt>
}

export interface Shop {
  giftId: string
  staffOpenid: string
}

const buy = (world: FaultWorld, token: string, giftId: string, key: string = randomUUID()) =>
  world.send('POST', '/api/member/orders', { token, key, body: { items: [{ giftId, quantity: 1 }] } })

async function placed(world: FaultWorld, { giftId }: Shop) {
  const { token } = await world.make.member()
  const { status, body } = await buy(world, token, giftId)
  assert.strictEqual(status, 201, JSON.stringify(body))
  return { token, orderId: body.order.id as string }
}

async function preparePlacing(world: FaultWorld, { giftId }: Shop): Promise<Attempt> {
  const { token } = await world.make.member()
  const key = randomUUID()
  return {
    memberToken: token,
    send: () => buy(world, token, giftId, key),
    allowed: { done: 'to_pick_up', undone: null },
  }
}

/** The requests that make and end a redemption, each a transaction, and what is told afterwards. */
export const flows: readonly Flow[] = [
  {
    name: 'POST /api/member/orders',
    lastStep: 'answer written',
    prepare: preparePlacing,
  },
  {
    name: 'POST /api/staff/redemptions',
    lastStep: 'answer written',
    async prepare(world, shop) {
      const { token, orderId } = await placed(world, shop)
      const answer = await world.send('GET', `/api/member/orders/${orderId}/code`, { token })
      // Signed in anew, so that the session too is looked up as for the first time.
      const signIn = { body: { code: `demo-${shop.staffOpenid}` } }
      const staffToken = (await world.send('POST', '/api/staff/session', signIn)).body.token
      const key = randomUUID()
      const body = { code: answer.body.digits }
      return {
        memberToken: token,
        send: () => world.send('POST', '/api/staff/redemptions', { token: staffToken, key, body }),
        allowed: { done: 'completed', undone: 'to_pick_up' },
      }
    },
  },
  {
    name: 'POST /api/member/orders/:id/cancel',
    lastStep: 'answer written',
    async prepare(world, shop) {
      const { token, orderId } = await placed(world, shop)
      return {
        memberToken: token,
        send: () => world.send('POST', `/api/member/orders/${orderId}/cancel`, { token }),
        allowed: { done: 'cancelled', undone: 'to_pick_up' },
      }
    },
  },
  { name: 'delivery', lastStep: 'sent update outbox_events', prepare: preparePlacing },
]

/** What a member has, as the API tells it: the truth that promises are judged by. */
export async function readMember(world: FaultWorld, token: string) {
  const get = async (path: string) => {
    const { status, body } = await world.send('GET', path, { token })
    assert.strictEqual(status, 200, JSON.stringify(body))
    return body
  }
  const orders: { id: string; state: string }[] = (await get('/api/member/orders')).items
  const messages: { orderId: string | null; title: string }[] = (await get('/api/member/inbox')).items
  const { available, frozen } = await get('/api/member/points')
  return { orders, messages, available, frozen }
}

/** Another order of the gift by anyone must go through at once: nothing that was killed still holds it. */
export async function expectToBuy(world: FaultWorld, token: string, giftId: string): Promise<void> {
  const { status, body } = await buy(world, token, giftId)
  assert.strictEqual(status, 201, JSON.stringify(body))
}
