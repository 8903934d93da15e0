import { decodeCursor, encodeCursor, toPage } from '#bff/kernel/cursors'
import { isDomainError } from '#bff/kernel/errors'

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    return isDomainError(error) ? error.code : String(error)
  }
}

test('a cursor comes back as the key it was made of', () => {
  expect(decodeCursor(encodeCursor([-12.5, '陶杯']), ['number', 'string'])).toEqual([-12.5, '陶杯'])
})

test.each([
  ['nothing', ''],
  ['no JSON', 'abc'],
  ['no base64', '!!!!'],
  ['another shape', encodeCursor(['a', 'b'])],
  ['one too many', encodeCursor([1, 'a', 'b'])],
  ['one too few', encodeCursor([1])],
  ['an object', Buffer.from('{"0":1,"1":"a","length":2}').toString('base64url')],
  ['an operator', Buffer.from('[1,{"$gt":""}]').toString('base64url')],
  ['null', Buffer.from('null').toString('base64url')],
  ['a number beyond all', Buffer.from('[1e999,"a"]').toString('base64url')],
])('a cursor of %s is refused', (_name, cursor) => {
  expect(codeOf(() => decodeCursor(cursor, ['number', 'string']))).toBe('request.invalid')
})

test('a page has a cursor only when there is more', () => {
  const keyOf = (row: number) => [row]
  expect(toPage([1, 2, 3], 2, keyOf)).toEqual({ items: [1, 2], nextCursor: encodeCursor([2]) })
  expect(toPage([1, 2], 2, keyOf)).toEqual({ items: [1, 2], nextCursor: null })
  expect(toPage([], 2, keyOf)).toEqual({ items: [], nextCursor: null })
})
