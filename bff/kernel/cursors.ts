import { DomainError } from './errors'

/** A page cursor is the sort key of the last row seen, so that rows that arrive meanwhile move nothing. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

/** The refusal of a cursor that is none of ours. */
export const invalidCursor = (): DomainError =>
  new DomainError('request.invalid', { message: '翻页标识有误，请从头再看' })

/** @throws `request.invalid` when the cursor is not one of ours or has other types than `shape`. */
export function decodeCursor<const S extends readonly ('string' | 'number')[]>(
  cursor: string,
  shape: S,
): { [I in keyof S]: S[I] extends 'number' ? number : string } {
  let key: unknown
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw invalidCursor()
  }
  const fits =
    Array.isArray(key) &&
    key.length === shape.length &&
    // A number written too large is read as Infinity.
    shape.every(
      (type, index) => typeof key[index] === type && key[index] !== Infinity && key[index] !== -Infinity,
    )
  if (!fits) throw invalidCursor()
  return key as { [I in keyof S]: S[I] extends 'number' ? number : string }
}

/** Cuts a page out of `limit + 1` rows read. */
export function toPage<Row>(rows: Row[], limit: number, keyOf: (row: Row) => readonly (string | number)[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null }
}
