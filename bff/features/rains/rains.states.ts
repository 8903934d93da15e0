import type { RainState } from '#shared/domain/enums'
import type { Rain } from './rain.model'

/** The state as it is shown: an announced rain runs within its window and has ended after it. */
export function stateAt(rain: Pick<Rain, 'state' | 'startsAt' | 'endsAt'>, now: Date): RainState {
  if (rain.state !== 'announced' || now < rain.startsAt) return rain.state
  return now < rain.endsAt ? 'running' : 'ended'
}
