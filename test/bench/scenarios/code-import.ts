import { setTimeout } from 'node:timers/promises'
import { limits } from '#shared/domain/limits'
import { differs } from '../compare'
import { short } from '../figures'
import type { Stage } from '../stage'
import type { Row } from '../table'

const rows = limits.codeImportRows
const batch = 1_000
const pollEveryMs = 250
const mebibyte = 2 ** 20

/**
 * As many codes as one file may have: sent, sealed, and imported by a worker. The floor inserts the very same documents with
 * the raw driver, in batches, without stock, transaction or sealing.
 */
export async function measureCodeImport(stage: Stage): Promise<Row> {
  const { gift } = await stage.admin('POST', '/api/admin/gifts', {
    ...{
      name: '电子券',
      categoryId: 'digital',
      handOver: 'virtual',
      pricePoints: 1,
      stock: 0,
      onSale: false,
    },
  })
  const csv = ['code,password', ...Array.from({ length: rows }, (_, i) => `BENCH${i},${i * 7}`)].join('\n')
  const worker = await stage.startWorker()
  try {
    const startedAt = performance.now()
    const importId = await send(stage, gift.id, csv)
    const takenSeconds = (performance.now() - startedAt) / 1_000
    let highestBytes = 0
    let progress = await readImport(stage, gift.id, importId)
    while (progress.state === 'importing') {
      await setTimeout(pollEveryMs)
      highestBytes = Math.max(highestBytes, (await worker.gauges()).residentBytes)
      progress = await readImport(stage, gift.id, importId)
    }
    const seconds = (performance.now() - startedAt) / 1_000
    const floorSeconds = await insertRaw(stage)
    const { stock } = (await stage.admin('GET', `/api/admin/gifts/${gift.id}`)).gift
    return {
      scenario: 'code import',
      jili: null,
      floor: null,
      ratio: floorSeconds / seconds,
      goal: null,
      broken: [...differs('imported codes', rows, progress.importedRows), ...differs('stock', rows, stock)],
      notes: [
        `${rows} rows, ${short(csv.length / mebibyte)} MiB: taken in ${short(takenSeconds)} s, imported after ${short(seconds)} s, ${short(rows / seconds)} rows a second`,
        `the floor inserts the same documents in ${short(floorSeconds)} s; memory of the worker at most ${short(highestBytes / mebibyte)} MiB`,
      ],
    }
  } finally {
    await worker.stop()
  }
}

async function send(stage: Stage, giftId: string, csv: string): Promise<string> {
  const token = await stage.ownerToken()
  const response = await fetch(`${stage.bff.baseUrl}/api/admin/gifts/${giftId}/code-imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: csv,
  })
  const answer = (await response.json()) as { import?: { id: string } }
  if (!answer.import) throw new Error(`the import answers ${response.status}: ${JSON.stringify(answer)}`)
  return answer.import.id
}

const readImport = async (stage: Stage, giftId: string, importId: string) =>
  (await stage.admin('GET', `/api/admin/gifts/${giftId}/code-imports/${importId}`)).import

async function insertRaw({ database }: Stage): Promise<number> {
  const documents = await database.collection('gift_codes').find().toArray()
  const target = database.collection('bench_codes')
  const startedAt = performance.now()
  for (let from = 0; from < documents.length; from += batch)
    await target.insertMany(documents.slice(from, from + batch))
  return (performance.now() - startedAt) / 1_000
}
