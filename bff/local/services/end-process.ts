import { LocalServicesError } from './local-services.errors.cjs'
import { childrenOf, isRunning, type ProcessIdentity, signal } from './process-identity'
import { waitUntil } from './wait-until'

const STOP_WITHIN_MS = 15_000
const KILL_WITHIN_MS = 10_000

export type StopSignal = 'SIGTERM' | 'SIGINT'

/** Asks a process to end, and ends it by force if it does not. Resolves once it is gone. */
export async function endProcess(identity: ProcessIdentity, stopSignal: StopSignal): Promise<void> {
  signal(identity, stopSignal)
  if (!(await waitUntil(() => !isRunning(identity), { withinMs: STOP_WITHIN_MS })))
    await killProcess(identity)
}

/** SIGKILL to a process and its children. Resolves once they are gone. */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  const family = isRunning(identity) ? [identity, ...childrenOf(identity.pid)] : []
  for (const member of family) signal(member, 'SIGKILL')
  const areGone = await waitUntil(() => !family.some(isRunning), { withinMs: KILL_WITHIN_MS })
  if (!areGone) throw new LocalServicesError(`process ${identity.pid} cannot be killed`)
}
