import pLimit from 'p-limit'
import type { z } from 'zod'
import { importShipments as contract } from '#shared/contracts/shipments'
import { type ErrorCode, errorMessages } from '#shared/domain/error-codes'
import { isDomainError } from '../../../kernel/errors'
import { sha256 } from '../../../kernel/secrets'
import { runOnce } from '../../../platform/idempotency/run-once'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { type FoundOrder, findOrdersNamed, findParcelsInUse, shipOrder } from '../../orders'
import { nameParcel } from '../../parcels'
import { parseShipmentRows, remarkOn, type ShipmentRow } from '../shipment-rows'

type Answer = z.input<typeof contract.response>
type RowAnswer = Answer['rows'][number]
type Verdict = Pick<RowAnswer, 'result' | 'code' | 'message'>
type ImportServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'gate'>

export interface ImportRequest {
  admin: AdminPrincipal
  text: string
  /** Answers a repeat with the first answer; without one a repeat ships nothing either, since all is shipped. */
  key: string | null
}

/** Rows shipped side by side: enough to use the database, few enough to leave it to others. */
const width = 4
/** No row is begun after this time, so that the answer comes before proxies give up; the rest is sent again. */
const budgetMs = 40_000

/** What each row of a table would do, without doing it. @throws `request.invalid` when it is no such table. */
export async function previewImport(text: string): Promise<Answer> {
  const plan = await planRows(parseShipmentRows(text))
  return { dryRun: true, ...summarise(plan.map(({ answer, verdict }) => ({ ...answer, ...verdict }))) }
}

/**
 * Ships each row in a transaction of its own and says of each what came of it. The same table again does no harm:
 * what is shipped with this number is `already_shipped`.
 * @throws `request.invalid` when it is no such table; `idempotency.key_reused`.
 */
export async function importShipments(
  services: ImportServices,
  { admin, text, key }: ImportRequest,
  timeMs = budgetMs,
): Promise<Answer> {
  const rows = parseShipmentRows(text)
  let answer: Answer = { dryRun: false, ...summarise([]) }
  const ship = async () => {
    answer = { dryRun: false, ...summarise(await shipRows(services, admin, rows, timeMs)) }
  }
  const record = () =>
    recordAudit(services.clock, admin, {
      operation: contract.id,
      targetId: 'shipments',
      before: null,
      after: { rows: rows.length, ...answer.counts },
    })
  if (key === null) {
    await ship()
    await inTransaction(record)
    return answer
  }
  const now = services.clock.now()
  const once = { actor: `admin:${admin.id}`, operation: contract.id, key, input: sha256(text), now }
  const store = async () => {
    await record()
    return { status: contract.status, body: answer }
  }
  // The rows have transactions of their own; only their answer is stored under the key.
  const { body } = await runOnce(once, store, {
    around: async (attempt) => {
      await ship()
      return attempt()
    },
  })
  return body
}

interface PlannedRow {
  row: ShipmentRow
  order: FoundOrder | null
  answer: Pick<RowAnswer, 'line' | 'orderNumber' | 'orderId' | 'warning'>
  verdict: Verdict
}

async function planRows(rows: readonly ShipmentRow[]): Promise<PlannedRow[]> {
  const usable = rows.filter(({ problem }) => problem === null)
  const orders = await findOrdersNamed(usable.map(({ name }) => name))
  const inUse = await findParcelsInUse(usable.map((row) => nameParcel(row).parcelId))
  const byName = new Map<string, FoundOrder[]>()
  for (const order of orders)
    for (const name of new Set([order.number, order.id]))
      byName.set(name, [...(byName.get(name) ?? []), order])
  const firstLines = new Map<string, number>()
  return rows.map((row) => {
    const found = row.problem === null ? (byName.get(row.name) ?? []) : []
    const order = found.length === 1 ? (found[0] ?? null) : null
    const firstLine = order ? firstLines.get(order.id) : undefined
    if (order && firstLine === undefined) firstLines.set(order.id, row.line)
    const verdict =
      firstLine === undefined
        ? judge(row, found)
        : refuse('shipment.duplicate_row', `与第 ${firstLine} 行是同一张订单`)
    return {
      row,
      order,
      verdict,
      answer: {
        line: row.line,
        orderNumber: order?.number ?? row.name.slice(0, 64),
        orderId: order?.id ?? null,
        warning: verdict.result === 'will_ship' ? warningFor(row, order, inUse) : null,
      },
    }
  })
}

function judge(row: ShipmentRow, found: readonly FoundOrder[]): Verdict {
  if (row.problem !== null) return refuse('shipment.row_invalid', row.problem)
  const [order, second] = found
  if (!order) return refuse('resource.not_found', '没有这张订单')
  if (second) return refuse('shipment.order_ambiguous')
  if (order.state === 'to_ship') return { result: 'will_ship', code: null, message: null }
  if (order.parcelId === nameParcel(row).parcelId)
    return { result: 'already_shipped', code: null, message: '之前已用这个运单号发货' }
  if (order.parcelId !== null) return refuse('shipment.number_differs')
  return refuse('order.invalid_state')
}

const refuse = (code: ErrorCode, message: string = errorMessages[code]): Verdict => ({
  result: 'refused',
  code,
  message,
})

/** Families and offices may share a parcel, so another member's order is remarked upon, not refused. */
function warningFor(
  row: ShipmentRow,
  order: FoundOrder | null,
  inUse: ReadonlyMap<string, ReadonlySet<string>>,
): string | null {
  const members = inUse.get(nameParcel(row).parcelId)
  const isShared = members && [...members].some((memberId) => memberId !== order?.memberId)
  const remarks = [remarkOn(row), isShared ? '这个运单号也用在另一位会员的订单上，请核对' : null]
  return remarks.filter(Boolean).join('；') || null
}

async function shipRows(
  services: ImportServices,
  admin: AdminPrincipal,
  rows: readonly ShipmentRow[],
  timeMs: number,
): Promise<RowAnswer[]> {
  const plan = await planRows(rows)
  const deadline = performance.now() + timeMs
  const lanes = pLimit(width)
  const answers = plan.map(({ row, order, answer, verdict }) =>
    lanes(async () => {
      if (verdict.result !== 'will_ship' || !order) return { ...answer, ...verdict }
      if (performance.now() >= deadline) return { ...answer, ...refuse('shipment.not_tried') }
      return { ...answer, ...(await shipRow(services, admin, row, order)) }
    }),
  )
  return Promise.all(answers)
}

/** Only a row's own refusal stays with the row; a database that is away fails the whole request, to be sent again. */
async function shipRow(
  services: ImportServices,
  admin: AdminPrincipal,
  row: ShipmentRow,
  { id }: FoundOrder,
): Promise<Verdict> {
  try {
    await shipOrder(services, { admin, orderId: id, operation: contract.id }, row)
    return { result: 'shipped', code: null, message: null }
  } catch (error) {
    if (!isDomainError(error)) throw error
    if (error.code !== 'order.invalid_state') return refuse(error.code, error.message)
    // Shipped or cancelled since it was looked up: say which.
    return judge(row, await findOrdersNamed([id]))
  }
}

function summarise(rows: RowAnswer[]): Omit<Answer, 'dryRun'> {
  const count = (result: RowAnswer['result']) => rows.filter((row) => row.result === result).length
  return {
    counts: {
      shipped: count('shipped'),
      willShip: count('will_ship'),
      alreadyShipped: count('already_shipped'),
      refused: count('refused'),
    },
    rows,
  }
}
