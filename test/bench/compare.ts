import { type Goal, latencyOf } from './figures'
import { closedLoop, type Load, openLoop, type Run } from './load'
import type { Gauges, ServerProcess } from './processes'
import type { Stage } from './stage'
import type { Figures, Row } from './table'

export type Phase = { loop: 'warm-up' | 'closed' } | { loop: 'open'; requests: number }

/** One side of a comparison. */
export interface Contender {
  server: ServerProcess
  /** What to ask for in a phase; each phase begins with a new one. */
  load(phase: Phase): Promise<Omit<Load, 'baseUrl'>> | Omit<Load, 'baseUrl'>
}

/** What came of all phases of one side together. */
export interface Tally {
  accepted: number
  refusals: Record<string, number>
  failures: Record<string, number>
}

export interface Comparison {
  scenario: string
  jili: Contender
  floor: Contender
  /** What the rate counts: answers of the kind the scenario is about, over the time they took. */
  by: 'accepted' | 'accepted until the last' | 'rejected'
  goal: Goal | null
  /** For loads that end by themselves: when to cut one that does not. Else a closed loop ends with its time. */
  longestSeconds?: number
  /** Says what of the promises does not hold after everything was answered. */
  check(tallies: { jili: Tally; floor: Tally }): Promise<string[]>
  notes?: string[]
}

const width = 32
/** Jili, floor, floor, Jili: what the machine does meanwhile hits both alike. */
const rounds = ['jili', 'floor', 'floor', 'jili'] as const
const openShare = 0.7

/** Measures both sides: the rate in a closed loop, then the latency at 70 % of it in an open one. */
export async function compare(stage: Stage, comparison: Comparison): Promise<Row> {
  const { scenario, goal, notes = [] } = comparison
  const jili = new Side(comparison.jili, comparison.by)
  const floor = new Side(comparison.floor, comparison.by)
  const sides = { jili, floor }
  const seconds = comparison.longestSeconds ?? stage.seconds / 2
  await jili.warmUp(seconds)
  await floor.warmUp(seconds)
  for (const name of rounds) await sides[name].closed(seconds)
  await jili.open(stage.seconds)
  await floor.open(stage.seconds)
  const broken = [
    ...failuresOf('Jili', jili.tally),
    ...failuresOf('the floor', floor.tally),
    ...(await comparison.check({ jili: jili.tally, floor: floor.tally })),
    ...(await stage.verify()),
  ]
  const ratio = jili.rate() / floor.rate()
  return {
    scenario,
    jili: jili.figures(),
    floor: floor.figures(),
    ratio: Number.isFinite(ratio) ? ratio : null,
    goal,
    broken,
    notes,
  }
}

const failuresOf = (side: string, { failures }: Tally): string[] =>
  Object.entries(failures).map(([what, times]) => `${side} answered "${what}" ${times} times`)

/** Measures one side. */
class Side {
  readonly tally: Tally = { accepted: 0, refusals: {}, failures: {} }
  private readonly runs: Run[] = []
  private latenciesMs: number[] = []
  private spent = { retries: 0, cpuSeconds: 0 }

  constructor(
    private readonly contender: Contender,
    private readonly by: Comparison['by'],
  ) {}

  async warmUp(seconds: number): Promise<void> {
    this.add(await closedLoop(await this.loadOf({ loop: 'warm-up' }), { width, seconds }))
  }

  async closed(seconds: number): Promise<void> {
    const load = await this.loadOf({ loop: 'closed' })
    const before = await this.contender.server.gauges()
    const run = await closedLoop(load, { width, seconds })
    this.spend(before, await this.contender.server.gauges())
    this.runs.push(run)
    this.add(run)
  }

  async open(seconds: number): Promise<void> {
    const perSecond = this.rate() * openShare
    if (!(perSecond > 0)) return
    const load = await this.loadOf({ loop: 'open', requests: Math.ceil(perSecond * seconds) })
    const run = await openLoop(load, { perSecond, seconds })
    this.latenciesMs = run.latenciesMs
    this.add(run)
  }

  /** Answers a second in the closed loop. */
  rate(): number {
    return this.by === 'rejected' ? sum(this.runs, rejected) / this.seconds() : this.acceptedRate()
  }

  figures(): Figures {
    return {
      acceptedPerSecond: this.acceptedRate(),
      rejectedPerSecond: sum(this.runs, rejected) / sum(this.runs, ({ seconds }) => seconds),
      ...latencyOf(this.latenciesMs),
      retriesPerSuccess: this.spent.retries / sum(this.runs, ({ accepted }) => accepted),
      cores: this.spent.cpuSeconds / sum(this.runs, ({ seconds }) => seconds),
    }
  }

  private acceptedRate = () => sum(this.runs, ({ accepted }) => accepted) / this.seconds()

  private seconds = () =>
    sum(this.runs, (run) => (this.by === 'accepted until the last' ? run.secondsToLastAccepted : run.seconds))

  private async loadOf(phase: Phase): Promise<Load> {
    return { baseUrl: this.contender.server.baseUrl, ...(await this.contender.load(phase)) }
  }

  private spend(before: Gauges, after: Gauges): void {
    this.spent.retries += after.transactionRetries - before.transactionRetries
    this.spent.cpuSeconds += after.cpuSeconds - before.cpuSeconds
  }

  private add({ accepted, refusals, failures }: Run): void {
    this.tally.accepted += accepted
    for (const [code, times] of Object.entries(refusals))
      this.tally.refusals[code] = (this.tally.refusals[code] ?? 0) + times
    for (const [what, times] of Object.entries(failures))
      this.tally.failures[what] = (this.tally.failures[what] ?? 0) + times
  }
}

const sum = <Item>(items: readonly Item[], read: (item: Item) => number): number =>
  items.reduce((total, item) => total + read(item), 0)

const rejected = ({ refusals }: Run): number => sum(Object.values(refusals), (times) => times)

/** Says so when a count is not what it must be. */
export const differs = (what: string, expected: number, actual: number): string[] =>
  expected === actual ? [] : [`${what}: ${actual} instead of ${expected}`]
