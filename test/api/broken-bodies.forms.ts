import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

/** A way in which a body can be wrong. `expected` are the statuses it may be answered with, where it is answered at all. */
export interface BrokenForm {
  what: string
  headers: Record<string, string>
  body: Buffer
  ending?: 'end' | 'hang up'
  /** A status of 0 is a connection cut without an answer. */
  expected?: readonly number[]
}

/** What an operation takes: its content type and the bytes of a small valid body. */
export interface GoodBody {
  kind: 'json' | 'csv' | 'image' | 'xml'
  type: string
  bytes: Buffer
}

const cutOrRefused = [0, 400]
const bomb = Buffer.alloc(20 * 1024 * 1024)
const bombs = { gzip: gzipSync(bomb), br: brotliCompressSync(bomb), deflate: deflateSync(bomb) }

const sized = (type: string, body: Buffer, sizeBytes = body.length) => ({
  headers: { 'Content-Type': type, 'Content-Length': String(sizeBytes) },
  body,
})
const chunked = (type: string, text: string | Buffer) => ({
  headers: { 'Content-Type': type, 'Transfer-Encoding': 'chunked' },
  body: Buffer.from(text),
})

/** Every way in which any body can break. */
export function brokenForms(good: GoodBody): BrokenForm[] {
  const { kind, type, bytes } = good
  return [
    ...cuts(good),
    ...lengths(good),
    ...encodings(good),
    ...otherTypes(bytes),
    { what: 'nothing at all', ...sized(type, Buffer.alloc(0)) },
    { what: 'nothing, unannounced', headers: { 'Content-Type': type }, body: Buffer.alloc(0) },
    { what: 'noughts', ...sized(type, Buffer.alloc(200)), expected: kind === 'csv' ? [400, 404] : [400] },
    ...(kind === 'json' ? jsonForms(type) : []),
    ...(kind === 'image' ? imageForms(good) : []),
    ...(kind === 'xml' ? xmlForms(type) : []),
  ]
}

/** At each byte of an upload, at the borders of the others. */
function cuts({ kind, type, bytes }: GoodBody): BrokenForm[] {
  const borders = [0, 1, Math.floor(bytes.length / 2), bytes.length - 1]
  const places = kind === 'image' ? [...bytes.keys()] : [...new Set(borders)].filter((at) => at >= 0)
  return places.flatMap((at) => {
    const part = bytes.subarray(0, at)
    return [
      { what: `whole, of ${at} bytes`, ...sized(type, part) },
      { what: `no more after ${at} bytes`, ...sized(type, part, bytes.length), ending: 'end' as const },
      { what: `gone after ${at} bytes`, ...sized(type, part, bytes.length), ending: 'hang up' as const },
    ]
  })
}

function lengths({ type, bytes }: GoodBody): BrokenForm[] {
  const size = bytes.length.toString(16)
  const half = bytes.subarray(0, bytes.length / 2)
  return [
    { what: 'a chunk cut', ...chunked(type, `${size}\r\n${half}`), ending: 'end', expected: cutOrRefused },
    { what: 'gone inside a chunk', ...chunked(type, `${size}\r\n${half}`), ending: 'hang up' },
    { what: 'no last chunk', ...chunked(type, `${half.length.toString(16)}\r\n${half}\r\n`), ending: 'end' },
    {
      what: 'a chunk longer than told',
      ...chunked(type, `1\r\n${bytes}\r\n0\r\n\r\n`),
      expected: cutOrRefused,
    },
    { what: 'a chunk of no number', ...chunked(type, `zz\r\n${bytes}\r\n0\r\n\r\n`), expected: cutOrRefused },
    { what: 'a chunk of 2^64', ...chunked(type, `ffffffffffffffff\r\n${bytes}`), ending: 'end' },
    { what: 'a body longer than told', ...sized(type, bytes, bytes.length - 1) },
    { what: 'a body shorter than told', ...sized(type, half, bytes.length + 50), ending: 'end' },
    { what: 'a length below nothing', ...sized(type, bytes, -5), expected: cutOrRefused },
    {
      what: 'a length and chunks',
      headers: { 'Content-Type': type, 'Content-Length': '4', 'Transfer-Encoding': 'chunked' },
      body: Buffer.from('0\r\n\r\n'),
      expected: cutOrRefused,
    },
    {
      what: 'gone before it may go on',
      headers: { 'Content-Type': type, 'Content-Length': String(bytes.length), Expect: '100-continue' },
      body: Buffer.alloc(0),
      ending: 'hang up',
    },
    {
      what: 'more than any operation takes',
      ...sized(type, bytes, 1e12),
      ending: 'end',
      expected: [0, 400, 413],
    },
  ]
}

function encodings({ type, bytes }: GoodBody): BrokenForm[] {
  const encoded = (encoding: string, body: Buffer) => {
    const { headers } = sized(type, body)
    return { headers: { ...headers, 'Content-Encoding': encoding }, body }
  }
  const packed = { gzip: gzipSync(bytes), br: brotliCompressSync(bytes), deflate: deflateSync(bytes) }
  const kinds = ['gzip', 'br', 'deflate'] as const
  return [
    ...kinds.flatMap((encoding) => [
      { what: `no ${encoding}`, ...encoded(encoding, Buffer.from('ffff1f8b0800ff', 'hex')), expected: [400] },
      {
        what: `half of ${encoding}`,
        ...encoded(encoding, packed[encoding].subarray(0, -4)),
        expected: [400],
      },
      { what: `${encoding} bomb`, ...encoded(encoding, bombs[encoding]), expected: [413] },
    ]),
    {
      what: 'broken gzip',
      ...encoded('gzip', Buffer.from('1f8b0800000000000003ffff', 'hex')),
      expected: [400],
    },
    { what: 'unknown encoding', ...encoded('rot13', bytes), expected: [400] },
    { what: 'twice encoded', ...encoded('gzip, gzip', gzipSync(packed.gzip)), expected: [400] },
  ]
}

const otherTypes = (bytes: Buffer): BrokenForm[] =>
  [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=""',
    'multipart/form-data; boundary=other',
    'x/y; a="',
    ';',
  ].map((type) => ({ what: `as ${type}`, ...sized(type, bytes.subarray(1)) }))

function jsonForms(type: string): BrokenForm[] {
  const refused = [
    ['deep', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a prototype', '{"__proto__":{"isAdmin":true}}'],
    ['a nested prototype', '{"a":{"__proto__":{"isAdmin":true}}}'],
    ['a constructor', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['a text', '"text"'],
    ['two values', '{}{}'],
    ['an open text', '{"a":"'],
  ].map(([what, text]) => ({ what: `${what}`, ...sized(type, Buffer.from(`${text}`)), expected: [400] }))
  const invalid = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])
  return [
    ...refused,
    {
      what: 'deep and closed',
      ...sized(type, Buffer.from(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)),
    },
    { what: 'no UTF-8', ...sized(type, invalid), expected: [400] },
    { what: 'UTF-16', ...sized(type, Buffer.from('{"a":1}', 'utf16le')), expected: [400] },
    { what: 'a lone surrogate', ...sized(type, Buffer.from('{"a":"\\ud800"}')) },
    { what: 'a number too large', ...sized(type, Buffer.from('{"a":1e999}')) },
  ]
}

function imageForms({ type, bytes }: GoodBody): BrokenForm[] {
  const text = bytes.toString('latin1')
  const [part = ''] = text.split('--x--')
  const form = (body: string) => sized(type, Buffer.from(body, 'latin1'))
  return [
    { what: 'two files', ...form(`${part}${part}--x--\r\n`), expected: [400] },
    { what: 'two files, the second cut', ...form(`${part}${part.slice(0, -9)}`), expected: [400] },
    { what: 'a thousand parts', ...form(`${part.repeat(1_000)}--x--\r\n`), expected: [400] },
    { what: 'a file without a name', ...form(text.replace(/; filename="[^"]*"/, '')), expected: [400] },
    { what: 'a part without headers', ...form('--x\r\n\r\nabc\r\n--x--\r\n'), expected: [400] },
    { what: 'a header without an end', ...form(`--x\r\nA: ${'b'.repeat(100_000)}`), expected: [400] },
    { what: 'no part', ...form('--x--\r\n'), expected: [400] },
    { what: 'a raw picture of nothing', ...sized('image/png', Buffer.alloc(0)), expected: [400] },
    { what: 'a raw picture of noughts', ...sized('image/png', Buffer.alloc(99)), expected: [400] },
  ]
}

const xmlForms = (type: string): BrokenForm[] =>
  [
    ['deep', `${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}`],
    ['an entity', '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>'],
    ['a prototype', '<xml><__proto__><a>1</a></__proto__></xml>'],
  ].map(([what, text]) => ({ what: `${what}`, ...sized(type, Buffer.from(`${text}`)), expected: [400] }))
