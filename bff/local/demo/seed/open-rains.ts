import { announceRain, createRain } from '#shared/contracts/rains'
import type { Stage } from './stage'

const minuteMs = 60_000
const dayMinutes = 1_440

/** One red-packet rain that falls for the whole day of the demo, and one for tomorrow evening. */
export async function openRains(stage: Stage): Promise<void> {
  const now = stage.clock.now().getTime()
  await announce(stage, {
    name: '老朋友红包雨',
    rules: '每人最多开 3 个，先到先得。\n红包里的积分马上到账，一年内有效。\n没开的红包，活动结束就收回。',
    startsAt: new Date(now - 5 * minuteMs),
    endsAt: new Date(now + (dayMinutes - 10) * minuteMs),
    ...{ budgetPoints: 9_000, packetCount: 500, minPoints: 5, maxPoints: 88 },
  })
  await announce(stage, {
    name: '周年庆红包雨',
    rules: '准点开始，一共下半个小时。\n每人最多开 3 个，先到先得。\n红包里的积分 30 天内有效。',
    startsAt: stage.instantOf({ day: 1, minute: 20 * 60 }),
    endsAt: stage.instantOf({ day: 1, minute: 20 * 60 + 30 }),
    ...{ budgetPoints: 50_000, packetCount: 2_000, minPoints: 8, maxPoints: 188 },
    expiry: { kind: 'days', days: 30 },
  })
}

interface Event {
  name: string
  rules: string
  startsAt: Date
  endsAt: Date
  budgetPoints: number
  packetCount: number
  minPoints: number
  maxPoints: number
  expiry?: { kind: 'days'; days: number }
}

async function announce({ owner }: Stage, { startsAt, endsAt, ...rest }: Event): Promise<void> {
  const window = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
  const { rain } = await owner(createRain, { body: { ...rest, ...window, packetsPerMember: 3 } })
  await owner(announceRain, { params: { id: rain.id } })
}
