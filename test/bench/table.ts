import { describeGoal, type Goal, type Latency, meets, short } from './figures'

/** What one side, Jili or its floor, did. */
export interface Figures extends Latency {
  acceptedPerSecond: number
  rejectedPerSecond: number
  /** Transaction attempts after the first, for each success. */
  retriesPerSuccess: number
  /** Processor cores the process kept busy in the closed loop. */
  cores: number
}

/** One scenario's outcome. With anything in `broken` there is no figure. */
export interface Row {
  scenario: string
  jili: Figures | null
  floor: Figures | null
  /** What the goal is about, such as Jili's rate over the floor's. */
  ratio: number | null
  goal: Goal | null
  broken: string[]
  notes: string[]
}

const columns: readonly (readonly [title: string, read: (row: Row) => string])[] = [
  ['scenario', ({ scenario }) => scenario],
  ['accepted/s', ({ jili }) => short(jili?.acceptedPerSecond)],
  ['rejected/s', ({ jili }) => short(jili?.rejectedPerSecond)],
  ['p50 ms', ({ jili }) => short(jili?.p50Ms)],
  ['p99 ms', ({ jili }) => short(jili?.p99Ms)],
  ['max ms', ({ jili }) => short(jili?.maxMs)],
  ['retries', ({ jili }) => short(jili?.retriesPerSuccess)],
  ['cores', ({ jili }) => short(jili?.cores)],
  ['floor/s', ({ floor }) => short(floor && (floor.acceptedPerSecond || floor.rejectedPerSecond))],
  ['p50', ({ floor }) => short(floor?.p50Ms)],
  ['p99', ({ floor }) => short(floor?.p99Ms)],
  ['max', ({ floor }) => short(floor?.maxMs)],
  ['retries', ({ floor }) => short(floor?.retriesPerSuccess)],
  ['cores', ({ floor }) => short(floor?.cores)],
  ['ratio', ({ ratio }) => short(ratio)],
  ['goal', describeOutcome],
]

function describeOutcome({ ratio, goal }: Row): string {
  if (!goal) return '–'
  if (ratio === null) return describeGoal(goal)
  return `${describeGoal(goal)} ${meets(ratio, goal) ? 'met' : 'MISSED'}`
}

/** The rows as text; a broken one says what broke in place of its figures. */
export function renderTable(rows: readonly Row[]): string {
  const lines = [
    columns.map(([title]) => title),
    ...rows.map((row) => columns.map(([, read]) => read(withoutFigures(row)))),
  ]
  const widths = columns.map((_column, index) =>
    Math.max(...lines.map((cells) => Array.from(cells[index] ?? '').length)),
  )
  const remarks = rows.flatMap(({ scenario, broken, notes }) => [
    ...broken.map((promise) => `broken: ${scenario}: ${promise}`),
    ...notes.map((note) => `${scenario}: ${note}`),
  ])
  return [...lines.map((cells) => alignCells(cells, widths)), '', ...remarks].join('\n')
}

const withoutFigures = (row: Row): Row =>
  row.broken.length === 0
    ? row
    : { ...row, scenario: `${row.scenario} (broken)`, jili: null, floor: null, ratio: null }

const alignCells = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, index) => {
      const gap = ' '.repeat((widths[index] ?? 0) - Array.from(cell).length)
      return index === 0 ? cell + gap : gap + cell
    })
    .join('  ')
    .trimEnd()
