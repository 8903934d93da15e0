import { randomUUID } from 'node:crypto'
import { createClient } from '#test/support/client'
import { compare, differs } from '../compare'
import { countOrders, jiliOrder, roundRobin, type Stage } from '../stage'
import type { Row } from '../table'

/** A crowd asks for a gift that is gone: every answer is a refusal. */
export async function measureSoldOut(stage: Stage): Promise<Row> {
  const members = await stage.members(64, 100)
  const [gift] = await stage.gifts(1, { stock: 1 })
  const [buyer] = await stage.members(1, 100)
  if (!gift || !buyer) throw new Error('nothing to sell')
  const { body, key, token } = jiliOrder(buyer, gift)
  await stage.send('POST', '/api/member/orders', { token, key, body })
  await createClient(stage.floor.baseUrl)('POST', '/marks', { body: { giftId: gift.id } })
  const member = roundRobin(members)
  const next = () => jiliOrder(member(), gift)
  return compare(stage, {
    scenario: 'sold out',
    goal: { atLeast: 0.8 },
    by: 'rejected',
    jili: { server: stage.bff, load: () => ({ next }) },
    floor: {
      server: stage.floor,
      load: () => ({ next: () => ({ ...next(), path: '/refusals', key: randomUUID() }) }),
    },
    check: async ({ jili }) => [
      ...differs('accepted for a gift that is gone', 0, jili.accepted),
      ...differs('orders', 1, await countOrders(stage, [...members, buyer])),
    ],
  })
}
