import { compare, differs } from '../compare'
import { countOrders, jiliOrder, type Stage } from '../stage'
import type { Row } from '../table'

/** One key is sent again and again: every answer is the first one, byte for byte. */
export async function measureReplay(stage: Stage): Promise<Row> {
  const [member] = await stage.members(1)
  const [gift] = await stage.gifts(1, { stock: 10 })
  if (!member || !gift) throw new Error('nothing to redeem')
  const shot = jiliOrder(member, gift)
  const first = await stage.send(shot.method, shot.path, shot)
  const expectedBody = JSON.stringify(first.body)
  const body = { id: `member:${member.id} orders.place ${shot.key}`, ...shot.body }
  const id = await findRecordId(stage, shot.key)
  return compare(stage, {
    scenario: 'replay',
    goal: null,
    by: 'accepted',
    jili: { server: stage.bff, load: () => ({ next: () => shot, expectedBody }) },
    floor: {
      server: stage.floor,
      load: () => ({
        next: () => ({ method: 'POST', path: '/replays', body: { ...body, id } }),
        expectedBody,
      }),
    },
    check: async () => differs('orders of one key', 1, await countOrders(stage, [member])),
    notes: ['the floor is one look-up by the raw driver'],
  })
}

async function findRecordId(stage: Stage, key: string): Promise<string> {
  const record = await stage.database
    .collection<{ _id: string }>('idempotency_records')
    .findOne({ _id: { $regex: ` ${key}$` } })
  if (!record) throw new Error(`no record of the key ${key}`)
  return record._id
}
