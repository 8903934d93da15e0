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
/** The crowd ends by itself; one that does not is cut here, and what it got by then still has to be right. */
const longestSeconds = 60

/**
 * A thousand members want one of two hundred pieces, one each. The rate is that of orders until the last piece is
 * gone. In the open loop there are as many pieces as requests, so that the latency is that of orders.
 */
export async function measureHotGift(stage: Stage): Promise<Row> {
  const members = await stage.members(memberCount, 100)
  const jili = createCrowds(stage, members, jiliOrder)
  const floor = createCrowds(stage, members, (member, gift) => floorOrder(member, gift, '/queued-orders'))
  return compare(stage, {
    scenario: 'hot gift',
    goal: { atLeast: 0.7 },
    by: 'accepted until the last',
    longestSeconds,
    jili: { server: stage.bff, load: jili.load },
    floor: { server: stage.floor, load: floor.load },
    check: async (tallies) => [
      ...differs('orders', tallies.jili.accepted + tallies.floor.accepted, await countOrders(stage, members)),
      ...(await findLeftovers(stage, [...jili.endedGifts(), ...floor.endedGifts()])),
    ],
    notes: [`${memberCount} members, ${stock} pieces; the floor queues in its process`],
  })
}

interface Crowd {
  gift: BenchGift
  /** Members who have not yet asked. */
  left: number
}

function createCrowds<Shot>(
  stage: Stage,
  members: readonly BenchMember[],
  shoot: (member: BenchMember, gift: BenchGift) => Shot,
) {
  const crowds: Crowd[] = []
  const nextMember = roundRobin(members)
  return {
    /** The gifts for which everybody asked. */
    endedGifts: () => crowds.filter(({ left }) => left === 0).map(({ gift }) => gift.id),
    load: async (phase: Phase) => {
      if (phase.loop === 'open') {
        const requests = Math.min(phase.requests, memberCount)
        const [gift] = await stage.gifts(1, { stock: requests, perMemberLimit: 1 })
        return { next: () => (gift ? shoot(nextMember(), gift) : null) }
      }
      const size = phase.loop === 'warm-up' ? 0.1 : 1
      const [gift] = await stage.gifts(1, { stock: stock * size, perMemberLimit: 1 })
      if (!gift) throw new Error('no gift')
      const crowd = { gift, left: memberCount * size }
      crowds.push(crowd)
      return {
        next: () => {
          if (crowd.left === 0) return null
          crowd.left -= 1
          return shoot(nextMember(), gift)
        },
      }
    },
  }
}

/** After a crowd five times its stock no piece is left; that there are not more orders is the ledger's to verify. */
async function findLeftovers(stage: Stage, giftIds: readonly string[]): Promise<string[]> {
  const pools = await stage.database
    .collection<{ _id: string; available: number }>('gift_stocks')
    .find({ _id: { $in: [...giftIds] } })
    .toArray()
  return pools.flatMap(({ _id, available }) => differs(`pieces left of ${_id}`, 0, available))
}
