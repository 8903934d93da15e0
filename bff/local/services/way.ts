import { cannotStart, LocalServicesError } from './local-services.errors.cjs'
import type { RunningService } from './running-service'

/** One of several ways to have a service. */
export interface Way<Name extends string, Service> {
  readonly name: Name
  /** Finds out whether this way is open here; that may take a download. */
  prepare(): Promise<Prepared<Service> | Unavailable>
}

interface Prepared<Service> {
  why: string
  start: () => Promise<Service>
}

interface Unavailable {
  unavailable: string
}

export interface Chosen<Name extends string, Service> extends Prepared<Service> {
  way: Name
}

/**
 * Takes the first way that is open.
 * @param only considers just the way of this name
 * @throws LocalServicesError that lists why each way is closed
 */
export async function chooseWay<Name extends string, Service>(
  label: string,
  ways: readonly Way<Name, Service>[],
  only?: Name,
): Promise<Chosen<Name, Service>> {
  const closed: string[] = []
  for (const way of ways.filter(({ name }) => only === undefined || name === only)) {
    const prepared = await way.prepare()
    if ('start' in prepared)
      return { way: way.name, start: prepared.start, why: [prepared.why, ...closed].join('; ') }
    closed.push(prepared.unavailable)
  }
  throw cannotStart(label, closed)
}

/** A service that somebody else runs: we leave it when we stop, and do not kill it. */
export function configuredService(variable: string): RunningService {
  const refuse = async () => {
    throw new LocalServicesError(`the service of ${variable} was not started here, so it is not ended here`)
  }
  return { stop: async () => undefined, kill: refuse, restart: refuse }
}
