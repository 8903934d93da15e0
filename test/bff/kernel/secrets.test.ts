import { randomBytes } from 'node:crypto'
import { hmacSha256, isSameSecret, type KeyRing, open, randomSecret, seal, sha256 } from '#bff/kernel/secrets'

const key = (name: string) => ({ name, key: randomBytes(32) })
const ring: KeyRing = [key('a')]

test('what was sealed opens again, and no two seals of a text are alike', () => {
  const sealed = seal(ring, '积礼 123456789012', 'order-1')
  expect(open(ring, sealed, 'order-1')).toBe('积礼 123456789012')
  expect(seal(ring, '积礼 123456789012', 'order-1')).not.toBe(sealed)
  expect(sealed).not.toContain('123456789012')
  expect(open(ring, seal(ring, '', 'order-1'), 'order-1')).toBe('')
})

test('a new key seals, old texts still open until their key is taken out', () => {
  const [old] = ring
  if (!old) throw new Error('the ring is empty')
  const newest = key('b')
  const before = seal([old], 'text', 'order-1')
  const after = seal([newest, old], 'text', 'order-1')
  expect(after.startsWith('b.')).toBe(true)
  expect(open([newest, old], before, 'order-1')).toBe('text')
  expect(open([newest], after, 'order-1')).toBe('text')
  expect(() => open([newest], before, 'order-1')).toThrow('no key named a')
})

test('a text that was moved to another order, changed, cut or sealed with another key does not open', () => {
  const sealed = seal(ring, 'text', 'order-1')
  const [name = '', iv = '', tag = '', text = ''] = sealed.split('.')
  const flip = (part: string) => (part[0] === 'A' ? 'B' : 'A') + part.slice(1)
  expect(() => open(ring, sealed, 'order-2')).toThrow()
  for (const changed of [
    [name, flip(iv), tag, text],
    [name, iv, flip(tag), text],
    [name, iv, tag, flip(text)],
    [name, iv, tag],
    [name, iv, '', text],
    [name, iv, tag.slice(0, 8), text],
    [name],
    [''],
  ])
    expect(() => open(ring, changed.join('.'), 'order-1')).toThrow()
  expect(() => open([{ name, key: randomBytes(32) }], sealed, 'order-1')).toThrow()
})

test('an empty ring seals nothing', () => {
  expect(() => seal([], 'text', 'order-1')).toThrow('the key ring is empty')
})

test('secrets have the bits they promise and are never alike', () => {
  expect(Buffer.from(randomSecret(256), 'base64url')).toHaveLength(32)
  expect(new Set(Array.from({ length: 100 }, () => randomSecret(128))).size).toBe(100)
})

test('hashes are those of the standards', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  // RFC 4231, test case 2.
  const mac = Buffer.from(hmacSha256('Jefe', 'what do ya want for nothing?'), 'base64url').toString('hex')
  expect(mac).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

test('secrets are the same only as a whole', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true)
  for (const other of ['abd', 'ab', 'abcd', '']) expect(isSameSecret('abc', other)).toBe(false)
})
