import DataLoader from 'dataloader'
import { DomainError, isDomainError } from '../../kernel/errors'
import { sha256 } from '../../kernel/secrets'
import { insertWhole } from '../mongo/insert-whole'
import { inTransaction, isDuplicateKey } from '../mongo/transaction'
import { type IdempotencyRecord, IdempotencyRecordModel } from './idempotency-record.model'

export interface OnceRequest {
  /** Who asks, such as `member:<id>`: keys of different actors never meet. */
  actor: string
  /** Operation id of the contract. */
  operation: string
  key: string
  /** What is asked for; another input under the same key is refused. */
  input: unknown
  now: Date
}

export interface OnceResult<T> {
  status: number
  body: T
  isReplay: boolean
}

/** What the command did, and what of it outside MongoDB is still to do once the transaction has committed. */
type Effect<T> = () => Promise<{ status: number; body: T }>

interface Surroundings<T> {
  /** Asked before anything is looked up; may refuse. */
  gate?: () => Promise<void>
  /** Gets the attempt to run, so that locks can stand around the transaction. */
  around?: (attempt: () => Promise<OnceResult<T>>) => Promise<OnceResult<T>>
}

/**
 * One key, one effect. The record of the key and the effect are one transaction; who comes second collides on the
 * record and gets the first answer. Refusals store nothing and are judged anew.
 * @throws `idempotency.key_reused` (422) for other input under the key; `idempotency.in_progress` when a
 *   duplicate is still running after 5 s.
 */
export async function runOnce<T>(
  request: OnceRequest,
  effect: Effect<T>,
  { gate, around = (attempt) => attempt() }: Surroundings<T> = {},
): Promise<OnceResult<T>> {
  const id = `${request.actor} ${request.operation} ${request.key}`
  try {
    await gate?.()
    const earlier = await findEarlier<T>(id, request)
    return earlier ?? (await around(() => attemptOnce(id, request, effect)))
  } catch (error) {
    // Not only a collision: a refusal or a queue that is too long may have met what this key did before.
    const isWorthALook = error instanceof KeyUsedError || isDomainError(error)
    if (!isWorthALook || isDomainError(error, 'idempotency.key_reused')) throw error
    const earlier = await findEarlier<T>(id, request)
    if (earlier) return earlier
    throw error
  }
}

class KeyUsedError extends Error {}

async function attemptOnce<T>(
  id: string,
  { input, now }: OnceRequest,
  effect: Effect<T>,
): Promise<OnceResult<T>> {
  let isWaitingForDuplicate = false
  try {
    return await inTransaction(async () => {
      isWaitingForDuplicate = true
      // First, so that a duplicate collides here before it does any work.
      await insertWhole(IdempotencyRecordModel, [
        { _id: id, inputHash: hashInput(input), status: 0, body: '', createdAt: now },
      ]).catch((error: unknown) => {
        throw isDuplicateKey(error) ? new KeyUsedError(id) : error
      })
      isWaitingForDuplicate = false
      const { status, body } = await effect()
      await IdempotencyRecordModel.updateOne({ _id: id }, { $set: { status, body: JSON.stringify(body) } })
      return { status, body, isReplay: false }
    })
  } catch (error) {
    if (isDomainError(error, 'service.busy') && isWaitingForDuplicate) {
      throw new DomainError('idempotency.in_progress', { retryAfterSeconds: 1 })
    }
    throw error
  }
}

async function findEarlier<T>(id: string, { input }: OnceRequest): Promise<OnceResult<T> | null> {
  const record = await records.load(id)
  if (!record) return null
  if (record.inputHash !== hashInput(input)) throw new DomainError('idempotency.key_reused')
  return { status: record.status, body: JSON.parse(record.body) as T, isReplay: true }
}

let lookUp: Promise<unknown> = Promise.resolve()

/** A crowd that the gate turns away is looked up together: while one look-up is under way, the next ones gather. */
const records = new DataLoader<string, IdempotencyRecord | null>(
  async (ids) => {
    const answer = IdempotencyRecordModel.find({ _id: { $in: [...ids] } })
      .lean()
      .exec()
    lookUp = answer.catch(() => undefined)
    const found = new Map((await answer).map((record) => [record._id, record]))
    return ids.map((id) => found.get(id) ?? null)
  },
  { cache: false, maxBatchSize: 100, batchScheduleFn: (dispatch) => void lookUp.then(dispatch) },
)

const hashInput = (input: unknown): string => sha256(canonicalJson(input))

/** JSON with keys in order, so that two spellings of the same input hash alike. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) =>
    nested && typeof nested === 'object' && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
      : nested,
  )
}
