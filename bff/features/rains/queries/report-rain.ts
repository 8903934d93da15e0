import { PacketModel } from '../packet.model'
import type { Rain } from '../rain.model'

/** What a rain has given so far, by its opened packets alone: also right once the others are deleted. */
export async function reportRain({ _id, packetCount, budgetPoints }: Rain) {
  const [found] = await PacketModel.aggregate<{
    members: number
    packets: number
    points: number
    cut: number
  }>([
    { $match: { rainId: _id, state: 'opened' } },
    {
      $group: {
        _id: '$memberId',
        packets: { $sum: 1 },
        points: { $sum: '$points' },
        cut: { $sum: '$cutPoints' },
      },
    },
    {
      $group: {
        _id: null,
        members: { $sum: 1 },
        packets: { $sum: '$packets' },
        points: { $sum: '$points' },
        cut: { $sum: '$cut' },
      },
    },
  ])
  const { members, packets, points, cut } = found ?? { members: 0, packets: 0, points: 0, cut: 0 }
  return {
    openedPackets: packets,
    leftPackets: packetCount - packets,
    members,
    openedPoints: points,
    givenPoints: points - cut,
    cutPoints: cut,
    leftPoints: budgetPoints - points,
  }
}
