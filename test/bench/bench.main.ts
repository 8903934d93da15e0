import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import setUp from '#test/support/global-setup'
import tearDown from '#test/support/global-teardown'
import { meets } from './figures'
import { bundle } from './processes'
import { measureCheckIn } from './scenarios/check-in'
import { measureCodeImport } from './scenarios/code-import'
import { measureExport } from './scenarios/export'
import { measureHistory } from './scenarios/history'
import { measureHotGift } from './scenarios/hot-gift'
import { measureLedgerGrowth } from './scenarios/ledger-growth'
import { measureReplay } from './scenarios/replay'
import { measureSoldOut } from './scenarios/sold-out'
import { measureHotMember, measureSpread } from './scenarios/spread'
import { openStage, type Stage, type StageOptions } from './stage'
import { type Row, renderTable } from './table'

const scenarios: Record<string, (stage: Stage) => Promise<Row | Row[]>> = {
  spread: measureSpread,
  'hot-gift': measureHotGift,
  'hot-member': measureHotMember,
  'sold-out': measureSoldOut,
  replay: measureReplay,
  'check-in': measureCheckIn,
  history: measureHistory,
  'ledger-growth': measureLedgerGrowth,
  export: measureExport,
  'code-import': measureCodeImport,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    seconds: { type: 'string', default: '6' },
    entries: { type: 'string', default: '1000000' },
    json: { type: 'string', default: 'dist/bench/latest.json' },
    profile: { type: 'string' },
  },
})

/** A bench that hangs ends here rather than never. */
const longestMs = 30 * 60_000

async function main(): Promise<void> {
  const names = chooseScenarios()
  const options: StageOptions = {
    seconds: readNumber('seconds', 1, 300),
    exportEntries: readNumber('entries', 200, 10_000_000),
    profileDir: values.profile,
  }
  process.env.TEST_DATA_DIR ??= '.data/bench'
  bundle()
  await setUp()
  endOnSignal()
  const rows: Row[] = []
  try {
    for (const name of names) rows.push(...(await runScenario(name, options)))
  } finally {
    await tearDown()
  }
  console.log(`\n${renderTable(rows)}`)
  writeReport(options, rows)
  if (rows.some(({ broken }) => broken.length > 0)) process.exitCode = 1
}

async function runScenario(name: string, options: StageOptions): Promise<Row[]> {
  const measure = scenarios[name]
  if (!measure) throw new Error(`no scenario ${name}`)
  const startedAt = performance.now()
  const stage = await openStage(options)
  try {
    return [await measure(stage)].flat()
  } finally {
    await stage.close()
    console.error(`  ${name}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`)
  }
}

function chooseScenarios(): string[] {
  const known = Object.keys(scenarios)
  const wanted = values.only?.flatMap((names) => names.split(',')) ?? known
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Error(`--only takes ${known.join(', ')}; not ${unknown.join(', ')}`)
  return wanted
}

function readNumber(name: 'seconds' | 'entries', least: number, most: number): number {
  const value = Number(values[name])
  if (Number.isFinite(value) && value >= least && value <= most) return value
  throw new Error(`--${name} is a number from ${least} to ${most}`)
}

/** What was started runs in sessions of its own and ends with this process; the children are told by the system. */
function endOnSignal(): void {
  const timer = setTimeout(() => {
    console.error('the bench took too long and ends here')
    process.exit(1)
  }, longestMs)
  timer.unref()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
}

function writeReport(options: StageOptions, rows: Row[]): void {
  const report = {
    measuredAt: new Date().toISOString(),
    node: process.version,
    processors: cpus().length,
    processor: cpus()[0]?.model,
    database: process.env.MONGODB_WAY,
    ...options,
    rows: rows.map((row) => ({
      ...row,
      meetsGoal: row.goal && row.ratio !== null ? meets(row.ratio, row.goal) : null,
    })),
  }
  mkdirSync(dirname(values.json), { recursive: true })
  writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
