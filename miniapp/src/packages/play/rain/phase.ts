import type { Rain } from '../../../features/rains/rain.queries'

/** Why a rain gives this member nothing more. */
export type Ending = 'done' | 'empty' | 'over' | 'cancelled'

/** Where a rain stands for whoever looks, by the server's clock. */
export type Phase = { name: 'waiting' } | { name: 'running' } | { name: 'ended'; why: Ending }

/** The phase at an instant of the server's; `refusal` is the code of the last refusal, if any. */
export function phaseOf(rain: Rain, serverNow: number, refusal: string | null): Phase {
  if (rain.state === 'cancelled') return { name: 'ended', why: 'cancelled' }
  if (rain.mine && rain.mine.leftPackets === 0) return { name: 'ended', why: 'done' }
  if (serverNow >= Date.parse(rain.endsAt) || refusal === 'rain.over') return { name: 'ended', why: 'over' }
  if (serverNow < Date.parse(rain.startsAt)) return { name: 'waiting' }
  if (rain.leftPercent === 0 || refusal === 'rain.empty') return { name: 'ended', why: 'empty' }
  if (refusal === 'rain.limit_reached') return { name: 'ended', why: 'done' }
  return { name: 'running' }
}

const two = (value: number) => String(value).padStart(2, '0')

/** `00:12:34`, or days and hours where it is more than a day. */
export function clockOf(ms: number): { days: number; clock: string } {
  const seconds = Math.max(0, Math.ceil(ms / 1_000))
  const days = Math.floor(seconds / 86_400)
  const rest = seconds % 86_400
  const clock = [Math.floor(rest / 3_600), Math.floor(rest / 60) % 60, rest % 60].map(two).join(':')
  return { days, clock }
}
