import { compare, differs, type Phase } from '../compare'
import {
  type BenchGift,
  type BenchMember,
  countOrders,
  floorOrder,
  jiliOrder,
  roundRobin,
  type Stage,
} from '../stage'
import type { Row } from '../table'

const stock = 200
const memberCount = 1_000
/** A crowd that does not end is cut here; what was asked by then is judged. */
const perMemberLimit = 1

/**
 * A thousand members want one of two hundred pieces, one each. The rate is that of orders until the last piece is
 * gone. In the open loop there are as many pieces as requests, so that the latency is that of orders.
 */
export async function measureHotGift(stage: Stage): Promise<Row> {
  const members = await stage.members(memberCount, 100)
  const jili = await createCrowd(stage, members, jiliOrder)
  const floor = await createCrowd(stage, members, (member, gift) =>
    floorOrder(member, gift, '/queued-orders'),
  )
  return compare(stage, {
    scenario: 'hot gift',
    goal: { atLeast: 0.7 },
    by: 'accepted until the last',
    jili: { server: stage.bff, load: jili.load },
    floor: { server: stage.floor, load: floor.load },
    check: async (tallies) => [
      ...differs('orders', jili.pieces() + floor.pieces(), await countOrders(stage, members)),
      ...differs('orders Jili accepted', jili.pieces(), tallies.jili.accepted),
      ...differs('orders the floor accepted', floor.pieces(), tallies.floor.accepted),
    ],
  })
}

type Shoot<Shot> = (member: BenchMember, gift: BenchGift) => Shot

async function createCrowd<Shot>(stage: Stage, members: readonly BenchMember[], shoot: Shoot<Shot>) {
  let pieces = 0
  const nextMember = roundRobin(members)
  return {
    /** Pieces there were in all phases. */
    pieces: () => pieces,
    load: async (phase: Phase) => {
      const available = phase.loop === 'open' ? Math.min(phase.requests, memberCount) : stock
      pieces += available
      const [gift] = await stage.gifts(1, { stock: available, perMemberLimit })
      let left = phase.loop === 'open' ? available : memberCount
      return { next: () => (gift && left-- > 0 ? shoot(nextMember(), gift) : null) }
    },
  }
}
