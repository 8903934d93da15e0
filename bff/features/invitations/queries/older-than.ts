import { decodeCursor, invalidCursor } from '../../../kernel/cursors'

/** Invitations after a cursor, newest first. @throws `request.invalid` */
export function olderThan(cursor: string | undefined) {
  if (!cursor) return {}
  const [ms, id] = decodeCursor(cursor, ['number', 'string'])
  const at = new Date(ms)
  if (Number.isNaN(at.getTime())) throw invalidCursor()
  return { $or: [{ joinedAt: { $lt: at } }, { joinedAt: at, _id: { $lt: id } }] }
}
