import assert from 'node:assert'
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { openAccount } from '#bff/features/points/commands/open-account'
import { HoldModel } from '#bff/features/points/hold.model'
import { verifyLedger } from '#bff/features/points/index'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { LotModel } from '#bff/features/points/lot.model'
import { PointsAccountModel } from '#bff/features/points/points-account.model'
import { readPoints } from '#bff/features/points/queries/read-points'
import { verifyMember } from '#bff/features/points/queries/verify-member'
import { type AdjustableClock, createAdjustableClock } from '#bff/kernel/clock'
import { inTransaction } from '#bff/platform/mongo/transaction'
import type { Services } from '#bff/platform/services'
import { startTestApp, type TestApp } from '#test/support/app'
import { apply, available, held, type Model, newModel, type Operation, type Outcome } from './ledger-model'
import { performForReal } from './ledger-operations'

/**
 * Histories against a simple model. `SEED=<n>` replays one run, `HISTORY=<path>` with it the one that failed; the soak
 * sets HISTORIES.
 */
const histories = Number(process.env.HISTORIES ?? 20)
const seed = Number(process.env.SEED ?? 20_260_101)
const path = process.env.HISTORY
const stepsPerHistory = 200
/** One takes some ten seconds; a machine that does other things too may need this long. */
const longestHistoryMs = 120_000

type Ledger = Pick<Services, 'clock' | 'calendar' | 'outbox'>

/** A step names earlier orders and earnings by number, so that any list of steps is a history. */
type Step =
  | { kind: 'one'; operation: Draft }
  | { kind: 'twice'; operation: Draft }
  | { kind: 'race'; operations: [Draft, Draft] }
  | { kind: 'days'; days: number }

type Draft =
  | { do: 'earn'; source: string; points: number; lifeDays: number }
  | { do: 'adjust'; change: number }
  | { do: 'spend'; points: number }
  | { do: 'hold'; points: number }
  | { do: 'capture' | 'release'; order: number }
  | { do: 'refund'; order: number; points: number }
  | { do: 'claw-back'; earning: number; points: number }
  | { do: 'expire' }

const points = fc.integer({ min: 1, max: 120 })
const recent = fc.nat({ max: 5 })
/** Of the six recent ones so many are chosen so that the step can go through. */
const mostly = 4
const draft: fc.Arbitrary<Draft> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('earn' as const),
      source: fc.constantFrom('check-in', 'purchase', 'campaign'),
      points,
      lifeDays: fc.constantFrom(0, 1, 3, 30),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('adjust' as const),
      change: fc.integer({ min: -80, max: 80 }).filter((change) => change !== 0),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), points }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('spend' as const), points }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('capture' as const, 'release' as const), order: recent }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refund' as const), order: recent, points }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('claw-back' as const), earning: recent, points }) },
  { weight: 1, arbitrary: fc.constant({ do: 'expire' as const }) },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('one' as const), operation: draft }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('twice' as const), operation: draft }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('race' as const), operations: fc.tuple(draft, draft) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('days' as const), days: fc.constantFrom(1, 1, 2, 5, 31) }),
  },
)

let bff: TestApp
beforeAll(async () => {
  bff = await startTestApp()
})
afterAll(() => bff.stop())

test(
  'random histories end as the model says, step by step',
  async () => {
    process.stdout.write(`ledger histories: ${histories}, SEED=${seed}\n`)
    const history = fc.array(step, {
      minLength: stepsPerHistory,
      maxLength: stepsPerHistory + 20,
      size: 'max',
    })
    const run = await fc.check(fc.asyncProperty(history, playHistory), {
      numRuns: histories,
      seed,
      ...(path ? { path } : {}),
      endOnFailure: true,
    })
    // The history itself is hundreds of lines; seed and path bring it back.
    if (run.failed)
      throw new Error(`SEED=${seed} HISTORY=${run.counterexamplePath}`, { cause: run.errorInstance })
    for (const isWhole of [true, false]) {
      const report = await verifyLedger([], { readsWhole: () => isWhole })
      expect(report).toMatchObject({ ok: true, checkedMembers: histories, differences: [] })
      expect(Object.values(report.accounts).reduce((sum, total) => sum + total, 0)).toBe(0)
    }
  },
  histories * longestHistoryMs,
)

async function playHistory(steps: Step[]): Promise<void> {
  const clock = createAdjustableClock({ now: () => new Date('2027-12-30T03:00:00Z') })
  const ledger: Ledger = { ...bff.app.services, clock }
  const memberId = randomUUID()
  await inTransaction(() => openAccount(memberId))
  const player = new Player(ledger, clock, memberId)
  for (const one of steps) await player.play(one)
  await expectMonthTotals(memberId)
}

/** Each entry carries what came in and went out in its month so far. */
async function expectMonthTotals(memberId: string): Promise<void> {
  const entries = await JournalEntryModel.find({ memberId }).sort({ seq: 1 }).lean()
  let month = ''
  let gained = 0
  let used = 0
  for (const { kind, change, businessDate, monthTotals } of entries) {
    if (businessDate.slice(0, 7) !== month) [month, gained, used] = [businessDate.slice(0, 7), 0, 0]
    if (change > 0 && (kind === 'earn' || kind === 'adjust')) gained += change
    else used -= change
    assert.deepStrictEqual({ ...monthTotals }, { gained, used }, `${kind} of ${change} on ${businessDate}`)
  }
}

class Player {
  private model: Model
  private orders: string[] = []
  private causes: string[] = []
  private count = 0

  constructor(
    private readonly ledger: Ledger,
    private readonly clock: AdjustableClock,
    private readonly memberId: string,
  ) {
    this.model = newModel(ledger.calendar.dateOf(clock.now()))
  }

  async play(step: Step): Promise<void> {
    if (step.kind === 'days') {
      this.clock.advance(step.days * 86_400_000)
      this.model.today = this.ledger.calendar.dateOf(this.clock.now())
      return
    }
    const operations = this.name(step)
    const outcomes = await Promise.all(
      operations.map((operation) => performForReal(this.ledger, this.memberId, operation)),
    )
    await this.settle(operations, outcomes)
  }

  private name(step: Exclude<Step, { kind: 'days' }>): Operation[] {
    if (step.kind === 'race') return step.operations.map((operation) => this.nameOne(operation))
    const operation = this.nameOne(step.operation)
    return step.kind === 'twice' && operation.do !== 'hold' ? [operation, operation] : [operation]
  }

  private nameOne(operation: Draft): Operation {
    this.count += 1
    const id = String(this.count)
    switch (operation.do) {
      case 'earn':
        this.causes.push(id)
        return { ...operation, cause: id }
      case 'adjust':
        return { ...operation, id }
      case 'spend':
        return { ...operation, cause: id }
      case 'hold':
        this.orders.push(id)
        return { ...operation, orderId: id }
      case 'capture':
      case 'release':
        return { do: operation.do, orderId: this.orderIn('open', operation.order) }
      case 'refund':
        return { ...operation, orderId: this.orderIn('captured', operation.order), refundId: id }
      case 'claw-back': {
        const cause = this.causes.at(-1 - operation.earning) ?? 'none'
        return { ...operation, ...this.upToWhatIsLeft(cause, operation), cause, key: `claw-back:${id}` }
      }
      case 'expire':
        return operation
    }
  }

  /** Most steps name an order in the state they need; the others any recent one, mostly to be refused. */
  private orderIn(state: 'open' | 'captured', nth: number): string {
    const fitting = this.orders.filter((id) => this.model.orders[id]?.state === state)
    return (nth < mostly ? fitting.at(-1 - nth) : undefined) ?? this.orders.at(-1 - nth) ?? 'none'
  }

  private upToWhatIsLeft(
    cause: string,
    { earning: nth, points: wanted }: { earning: number; points: number },
  ) {
    const earning = this.model.earnings[cause]
    const left = earning ? earning.points - earning.takenBack : 0
    return { points: nth < mostly && left > 0 ? Math.min(wanted, left) : wanted }
  }

  /** What ran side by side must have had the effect of some order of the same operations. */
  private async settle(operations: Operation[], outcomes: Outcome[]): Promise<void> {
    const actual = await this.readActual()
    const expected: unknown[] = []
    for (const order of operations.length === 2
      ? [
          [0, 1],
          [1, 0],
        ]
      : [[0]]) {
      let model = this.model
      const modelled: Outcome[] = []
      for (const index of order) {
        const operation = operations[index]
        assert(operation)
        const applied = apply(model, operation)
        model = withIds(applied.model, actual.ids)
        modelled[index] = applied.outcome
      }
      const state = { outcomes: modelled, ...stateOf(model) }
      if (JSON.stringify(state) === JSON.stringify({ outcomes, ...actual.state })) {
        this.model = model
        const { differences } = await verifyMember(this.memberId, null)
        assert.deepStrictEqual(differences, [], `after ${JSON.stringify(operations)}`)
        return
      }
      expected.push(state)
    }
    assert.deepStrictEqual({ outcomes, ...actual.state }, expected[0], `after ${JSON.stringify(operations)}`)
  }

  private async readActual() {
    const { memberId } = this
    const account = await PointsAccountModel.findById(memberId).lean()
    assert(account)
    const lots = await LotModel.find({ memberId }).lean()
    const holds = await HoldModel.find({ memberId }).lean()
    const keys = new Map(lots.map(({ lotKey, _id }) => [_id, lotKey]))
    const spendable = (await readPoints(this.ledger, memberId)).available
    return {
      ids: new Map(lots.map(({ lotKey, _id }) => [lotKey, _id])),
      state: {
        available: account.available,
        held: account.held,
        debt: 0 - account.debt,
        spendable,
        lots: sorted(lots.map(({ lotKey, expiresOn, remaining }) => `${lotKey} ${expiresOn} ${remaining}`)),
        holds: sorted(
          holds.map(({ orderId, state, refunded, draws }) => {
            const drawn = draws.map(({ lotId, points: taken }) => `${keys.get(lotId)} ${taken}`)
            return `${orderId} ${state} ${refunded} ${drawn.join()}`
          }),
        ),
      },
    }
  }
}

const sorted = (lines: string[]) => lines.sort((a, b) => (a < b ? -1 : 1))

function withIds(model: Model, ids: Map<string, string>): Model {
  return { ...model, lots: model.lots.map((lot) => ({ ...lot, id: ids.get(lot.key) ?? lot.id })) }
}

function stateOf(model: Model) {
  const { lots } = model
  return {
    available: available(model),
    held: held(model),
    debt: model.debt,
    spendable: lots.reduce((sum, lot) => sum + (lot.expiresOn < model.today ? 0 : lot.points), 0),
    lots: sorted(lots.map(({ key, expiresOn, points: left }) => `${key} ${expiresOn} ${left}`)),
    holds: sorted(
      Object.entries(model.orders).map(([id, { state, refunded, draws }]) => {
        const drawn = draws.map(({ key, points: taken }) => `${key} ${taken}`)
        return `${id} ${state} ${refunded} ${drawn.join()}`
      }),
    ),
  }
}
