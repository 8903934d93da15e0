import { type Comparison, compare, differs } from '../compare'
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

const stock = 1_000_000

/** Many members redeem many gifts: nobody meets anybody, each order succeeds. */
export const measureSpread = (stage: Stage): Promise<Row> =>
  compareOrders(stage, { scenario: 'spread', memberCount: 64, goal: { atLeast: 0.8 } })

/** One member redeems many gifts at once: every order waits for the member's account. */
export const measureHotMember = (stage: Stage): Promise<Row> =>
  compareOrders(stage, { scenario: 'hot member', memberCount: 1, goal: null })

async function compareOrders(
  stage: Stage,
  options: Pick<Comparison, 'scenario' | 'goal'> & { memberCount: number },
): Promise<Row> {
  const { memberCount, ...rest } = options
  const perSide = async (): Promise<[BenchMember[], BenchGift[]]> => [
    await stage.members(memberCount),
    await stage.gifts(64, { stock }),
  ]
  const [members, gifts] = await perSide()
  const [floorMembers, floorGifts] = await perSide()
  const nextOf = <Shot>(
    whose: BenchMember[],
    what: BenchGift[],
    shoot: (member: BenchMember, gift: BenchGift) => Shot,
  ) => {
    const member = roundRobin(whose)
    const gift = roundRobin(what)
    return () => shoot(member(), gift())
  }
  const floorPath = memberCount === 1 ? '/queued-orders' : '/orders'
  return compare(stage, {
    ...rest,
    by: 'accepted',
    jili: { server: stage.bff, load: () => ({ next: nextOf(members, gifts, jiliOrder) }) },
    floor: {
      server: stage.floor,
      load: () => ({
        next: nextOf(floorMembers, floorGifts, (member, gift) => floorOrder(member, gift, floorPath)),
      }),
    },
    check: async ({ jili, floor }) => [
      ...differs('orders of Jili', jili.accepted, await countOrders(stage, members)),
      ...differs('orders of the floor', floor.accepted, await countOrders(stage, floorMembers)),
    ],
  })
}
