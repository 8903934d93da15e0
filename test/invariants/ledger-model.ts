import { addDays, addYears, type BusinessDate } from '#shared/domain/business-date'

/**
 * What the ledger should do, said as plainly as possible: one member's points in memory, one operation at a time,
 * no database and no races. The real ledger is compared with it after every step.
 */
export interface Model {
  today: BusinessDate
  debt: number
  lots: ModelLot[]
  orders: Record<string, ModelOrder>
  earnings: Record<string, ModelEarning>
  used: string[]
}

export interface ModelLot {
  key: string
  /** Given by the database; decides between lots of one date. */
  id: string
  expiresOn: BusinessDate
  points: number
  isExtended: boolean
}

interface ModelOrder {
  state: 'open' | 'captured' | 'released'
  draws: { key: string; points: number }[]
  refunded: number
}

interface ModelEarning {
  lotKey: string
  points: number
  takenBack: number
}

export type Operation =
  | { do: 'earn'; cause: string; source: string; points: number; lifeDays: number }
  | { do: 'adjust'; id: string; change: number }
  | { do: 'spend'; cause: string; points: number }
  | { do: 'hold'; orderId: string; points: number }
  | { do: 'capture' | 'release'; orderId: string }
  | { do: 'refund'; orderId: string; refundId: string; points: number }
  | { do: 'claw-back'; cause: string; key: string; points: number }
  | { do: 'expire' }

export type Outcome = 'ok' | 'refused'

export const newModel = (today: BusinessDate): Model => ({
  today,
  debt: 0,
  lots: [],
  orders: {},
  earnings: {},
  used: [],
})

export const available = (model: Model): number => model.lots.reduce((sum, { points }) => sum + points, 0)

export const held = (model: Model): number =>
  Object.values(model.orders)
    .filter(({ state }) => state === 'open')
    .flatMap(({ draws }) => draws)
    .reduce((sum, { points }) => sum + points, 0)

/** The model after the operation, and whether it went through; a refused one changes nothing. */
export function apply(model: Model, operation: Operation): { model: Model; outcome: Outcome } {
  const next = structuredClone(model)
  return perform(next, operation) ? { model: next, outcome: 'ok' } : { model, outcome: 'refused' }
}

function perform(model: Model, operation: Operation): boolean {
  switch (operation.do) {
    case 'earn': {
      const { cause, source, points, lifeDays } = operation
      return (
        once(model, `earn:${cause}`) && earn(model, cause, source, points, addDays(model.today, lifeDays))
      )
    }
    case 'adjust': {
      const { id, change } = operation
      if (!once(model, `adjust:${id}`)) return false
      if (change > 0) return earn(model, id, 'adjustment', change, addYears(model.today, 1))
      return draw(model, -change) !== null
    }
    case 'spend':
      return once(model, `spend:${operation.cause}`) && draw(model, operation.points) !== null
    case 'hold': {
      const draws = draw(model, operation.points)
      if (!draws) return false
      model.orders[operation.orderId] = { state: 'open', draws, refunded: 0 }
      return true
    }
    case 'capture':
    case 'release': {
      const order = model.orders[operation.orderId]
      if (order?.state !== 'open') return false
      order.state = operation.do === 'capture' ? 'captured' : 'released'
      if (operation.do === 'release') giveBack(model, order.draws)
      return true
    }
    case 'refund': {
      const { orderId, refundId, points } = operation
      return once(model, `refund:${orderId}:${refundId}`) && refund(model, model.orders[orderId], points)
    }
    case 'claw-back':
      return once(model, operation.key) && clawBack(model, model.earnings[operation.cause], operation.points)
    case 'expire':
      expire(model)
      return true
  }
}

function once(model: Model, key: string): boolean {
  if (model.used.includes(key)) return false
  model.used.push(key)
  return true
}

function payDebt(model: Model, points: number): number {
  const paid = Math.min(model.debt, points)
  model.debt -= paid
  return points - paid
}

function earn(model: Model, cause: string, source: string, points: number, expiresOn: BusinessDate): boolean {
  const key = `${source}|${expiresOn}`
  const kept = payDebt(model, points)
  const lot = model.lots.find((candidate) => candidate.key === key)
  if (lot) lot.points += kept
  else if (kept > 0) model.lots.push({ key, id: '', expiresOn, points: kept, isExtended: false })
  model.earnings[cause] = { lotKey: kept > 0 ? key : '', points, takenBack: 0 }
  return true
}

function expire(model: Model): void {
  for (const lot of model.lots) if (lot.expiresOn < model.today) lot.points = 0
}

const soonestFirst = (a: ModelLot, b: ModelLot) =>
  a.expiresOn === b.expiresOn ? (a.id < b.id ? -1 : 1) : a.expiresOn < b.expiresOn ? -1 : 1

function draw(model: Model, points: number): { key: string; points: number }[] | null {
  expire(model)
  if (model.debt > 0 || available(model) < points) return null
  return drawFrom([...model.lots].sort(soonestFirst), points)
}

function drawFrom(lots: ModelLot[], points: number): { key: string; points: number }[] {
  const draws: { key: string; points: number }[] = []
  let missing = points
  for (const lot of lots) {
    const taken = Math.min(missing, lot.points)
    lot.points -= taken
    missing -= taken
    if (taken > 0) draws.push({ key: lot.key, points: taken })
  }
  return draws
}

function giveBack(model: Model, draws: readonly { key: string; points: number }[]): void {
  expire(model)
  for (const { key, points } of draws) {
    const kept = payDebt(model, points)
    const lot = model.lots.find((candidate) => candidate.key === key)
    if (!lot || kept === 0) continue
    lot.points += kept
    if (lot.expiresOn < model.today && !lot.isExtended) {
      lot.expiresOn = addDays(model.today, 7)
      lot.isExtended = true
    }
  }
}

/** The last drawn comes back first. */
function refund(model: Model, order: ModelOrder | undefined, points: number): boolean {
  if (order?.state !== 'captured') return false
  const pieces = order.draws.flatMap(({ key, points: drawn }) => Array<string>(drawn).fill(key))
  const left = pieces.slice(0, pieces.length - order.refunded)
  if (points > left.length) return false
  order.refunded += points
  const back = new Map<string, number>()
  for (const key of left.slice(left.length - points)) back.set(key, (back.get(key) ?? 0) + 1)
  giveBack(
    model,
    [...back].map(([key, drawn]) => ({ key, points: drawn })),
  )
  return true
}

function clawBack(model: Model, earning: ModelEarning | undefined, points: number): boolean {
  if (!earning || earning.takenBack + points > earning.points) return false
  expire(model)
  earning.takenBack += points
  const taken = Math.min(points, available(model))
  const own = model.lots.filter(({ key }) => key === earning.lotKey)
  const others = model.lots.filter(({ key }) => key !== earning.lotKey).sort(soonestFirst)
  drawFrom([...own, ...others], taken)
  model.debt += points - taken
  return true
}
