import { addDays } from '#shared/domain/business-date'
import { inParallel } from '#test/support/crowd'
import { differs } from '../compare'
import { percentile, short } from '../figures'
import { businessDateOf } from '../floor/raw-order'
import { appendEntries } from '../ledger-history'
import type { Stage } from '../stage'
import type { Row } from '../table'

const memberCount = 200
/** As long as one file may be; what is seeded lies in it. */
const rangeDays = 360
const mebibyte = 2 ** 20
const sampleEveryMs = 200

/** The whole ledger as one CSV file: how fast it streams, and how far the BFF's memory rises meanwhile. */
export async function measureExport(stage: Stage): Promise<Row> {
  const scenario = 'ledger export'
  const row: Row = { scenario, jili: null, floor: null, ratio: null, goal: null, broken: [], notes: [] }
  const today = businessDateOf(new Date())
  const path = `/api/admin/ledger/entries.csv?from=${addDays(today, 1 - rangeDays)}&to=${addDays(today, 1)}`
  const token = await stage.ownerToken()

  const members = await stage.members(memberCount, 100)
  const perMember = Math.ceil(stage.exportEntries / memberCount) - 1
  await inParallel(members, 4, ({ id }) => appendEntries(stage.database, id, perMember))
  const expectedLines = await stage.database.collection('journal_entries').countDocuments()

  const baseline = (await stage.bff.gauges()).residentBytes
  const memory = watchMemory(stage)
  const startedAt = performance.now()
  const { bytes, lines } = await download(stage, path, token)
  const seconds = (performance.now() - startedAt) / 1_000
  const { early, late } = await memory.stop()
  return {
    ...row,
    broken: [...differs('rows of the export', expectedLines, lines - 1), ...(await stage.verify())],
    notes: [
      `${expectedLines} entries, ${short(bytes / mebibyte)} MiB in ${short(seconds)} s: ${short(bytes / mebibyte / seconds)} MiB/s`,
      `memory of the BFF: ${short(baseline / mebibyte)} MiB before, at most ${short(early / mebibyte)} in the first half of the time, ${short(late / mebibyte)} in the second`,
    ],
  }
}

async function download(stage: Stage, path: string, token: string) {
  const response = await fetch(stage.bff.baseUrl + path, { headers: { authorization: `Bearer ${token}` } })
  if (response.status !== 200 || !response.body) throw new Error(`the export answers ${response.status}`)
  let bytes = 0
  let lines = 0
  const lineFeed = 10
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    for (const byte of chunk) if (byte === lineFeed) lines += 1
  }
  return { bytes, lines }
}

/** Reads the BFF's memory again and again until told to stop; gives the highest value of each half of the time. */
function watchMemory(stage: Stage) {
  const samples: number[] = []
  let reading = Promise.resolve()
  const timer = setInterval(() => {
    reading = stage.bff.gauges().then(({ residentBytes }) => {
      samples.push(residentBytes)
    })
  }, sampleEveryMs)
  return {
    async stop(): Promise<{ early: number; late: number }> {
      clearInterval(timer)
      await reading
      const half = Math.ceil(samples.length / 2)
      return { early: percentile(samples.slice(0, half), 1), late: percentile(samples.slice(half), 1) }
    },
  }
}
