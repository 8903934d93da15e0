import { DomainError, isDomainError } from '../../kernel/errors'
import { sha256 } from '../../kernel/secrets'
import { inTransaction, isDuplicateKey, StaleReadError } from '../mongo/transaction'
import { IdempotencyRecordModel } from './idempotency-record.model'

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

/**
 * One key, one effect. `around` gets the attempt to run, so that gate and locks stand between the look-up of an
 * earlier answer and the transaction; `effect` runs inside the transaction, together with the record.
 * Refusals store nothing and are judged anew.
 * @throws `idempotency.key_reused` (422) for other input under the key; `idempotency.in_progress` when a
 *   duplicate is still running after 5 s.
 */
export async function runOnce<T>(
  request: OnceRequest,
  effect: Effect<T>,
  around: (attempt: () => Promise<OnceResult<T>>) => Promise<OnceResult<T>> = (attempt) => attempt(),
): Promise<OnceResult<T>> {
  const id = `${request.actor} ${request.operation} ${request.key}`
  const inputHash = sha256(canonicalJson(request.input))
  const earlier = () => findEarlier<T>(id, inputHash)

  const found = await earlier()
  if (found) return found
  try {
    return await around(() => attemptOnce(id, inputHash, request.now, effect, earlier))
  } catch (error) {
    // A duplicate may have succeeded between our look-up and our refusal: then its answer is the answer.
    if (isDomainError(error) && error.code !== 'idempotency.key_reused') {
      const meanwhile = await earlier()
      if (meanwhile) return meanwhile
    }
    throw error
  }
}

async function attemptOnce<T>(
  id: string,
  inputHash: string,
  now: Date,
  effect: Effect<T>,
  earlier: () => Promise<OnceResult<T> | null>,
): Promise<OnceResult<T>> {
  let isWaitingForDuplicate = false
  try {
    return await inTransaction(async () => {
      const committed = await earlier()
      if (committed) return committed
      isWaitingForDuplicate = true
      // First, so that a duplicate collides here before it does any work.
      await IdempotencyRecordModel.insertMany([
        { _id: id, inputHash, status: 0, body: '', createdAt: now },
      ]).catch((error: unknown) => {
        throw isDuplicateKey(error) ? new StaleReadError('idempotency record') : error
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

async function findEarlier<T>(id: string, inputHash: string): Promise<OnceResult<T> | null> {
  const record = await IdempotencyRecordModel.findById(id).lean()
  if (!record) return null
  if (record.inputHash !== inputHash) throw new DomainError('idempotency.key_reused')
  return { status: record.status, body: JSON.parse(record.body) as T, isReplay: true }
}

/** JSON with keys in order, so that two spellings of the same input hash alike. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, nested: unknown) =>
    nested && typeof nested === 'object' && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
      : nested,
  )
}
