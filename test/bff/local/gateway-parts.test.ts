import { BSON } from 'bson'
import {
  CommandError,
  codeOfSqlstate,
  packSqlstate,
  toCommandError,
  unpackSqlstate,
} from '#bff/local/services/documentdb/errors'
import { Slots } from '#bff/local/services/documentdb/slots'
import {
  encodeReply,
  MessageSplitter,
  ProtocolError,
  readRequest,
} from '#bff/local/services/documentdb/wire-protocol'

function opMsg(document: BSON.Document, sections: Buffer[] = []): Buffer {
  const body = Buffer.concat([Buffer.alloc(21), BSON.serialize(document), ...sections])
  body.writeInt32LE(body.length, 0)
  body.writeInt32LE(7, 4)
  body.writeInt32LE(2013, 12)
  return body
}

describe('the wire protocol', () => {
  it('finds the messages in a stream, however it is cut', () => {
    const messages = [
      opMsg({ ping: 1 }),
      opMsg({ insert: 'a', documents: [{ text: 'x'.repeat(1_000) }] }),
      opMsg({ hello: 1 }),
    ]
    const stream = Buffer.concat(messages)
    for (const size of [1, 3, 16, 100, stream.length]) {
      const splitter = new MessageSplitter()
      const found: Buffer[] = []
      for (let position = 0; position < stream.length; position += size) {
        found.push(...splitter.push(stream.subarray(position, position + size)))
      }
      expect(found).toEqual(messages)
    }
  })

  it('refuses a message of an impossible size before it is received', () => {
    const head = Buffer.alloc(16)
    for (const size of [-1, 5, 48_000_001]) {
      head.writeInt32LE(size, 0)
      expect(() => [...new MessageSplitter().push(head)]).toThrow(ProtocolError)
    }
  })

  it('reads the command and the documents of a section beside it', () => {
    const documents = [{ _id: 1 }, { _id: 2 }].map((document) => Buffer.from(BSON.serialize(document)))
    const section = Buffer.concat([Buffer.alloc(5), Buffer.from('documents\0'), ...documents])
    section[0] = 1
    section.writeInt32LE(section.length - 1, 1)
    const request = readRequest(opMsg({ insert: 'gifts', $db: 'jili' }, [section]))
    expect(request).toMatchObject({
      requestId: 7,
      expectsReply: true,
      fields: { insert: 'gifts', $db: 'jili' },
    })
    expect(request.sequence).toEqual({ field: 'documents', documents: Buffer.concat(documents) })
  })

  it.each([
    ['a section longer than its message', (message: Buffer) => message.writeInt32LE(9_999, 21)],
    ['an unknown kind of section', (message: Buffer) => message.writeUInt8(7, 20)],
    ['an unknown operation', (message: Buffer) => message.writeInt32LE(2010, 12)],
  ])('refuses %s', (_what, spoil) => {
    const message = opMsg({ ping: 1 })
    spoil(message)
    expect(() => readRequest(message)).toThrow(ProtocolError)
  })

  it('answers to the request, with BSON passed on as it is', () => {
    const raw = Buffer.from(BSON.serialize({ ok: 1, n: 5 }))
    const [head, body] = encodeReply(readRequest(opMsg({ ping: 1 })), raw)
    expect(body).toBe(raw)
    expect([head.readInt32LE(0), head.readInt32LE(8)]).toEqual([head.length + raw.length, 7])
  })
})

describe('the errors of the gateway', () => {
  it('reads the packed SQLSTATE of a write error', () => {
    expect(unpackSqlstate(319_029_277)).toBe('M001C')
    for (const state of ['M00F1', '40001', '55P03', '23P01'])
      expect(unpackSqlstate(packSqlstate(state))).toBe(state)
  })

  it('knows the code of each state that Jili branches on, and calls the rest unknown', () => {
    expect(['M001C', '23505', 'M00F1', '40001', '55P03', 'M00CO', 'ZZZZZ'].map(codeOfSqlstate)).toEqual([
      11000, 11000, 112, 112, 24, 121, 8,
    ])
  })

  it('calls a bug of its own an internal error', () => {
    expect(toCommandError(new TypeError('x is undefined'))).toMatchObject({ code: 1 })
    const known = new CommandError(112, 'conflict')
    expect(toCommandError(known)).toBe(known)
  })
})

describe('slots', () => {
  it('gives a place to whoever asked first', async () => {
    const slots = new Slots(1)
    await slots.take(1_000)
    const order: string[] = []
    const first = slots.take(5_000).then(() => order.push('first'))
    const second = slots.take(5_000).then(() => order.push('second'))
    slots.give()
    await first
    slots.give()
    await second
    expect(order).toEqual(['first', 'second'])
  })

  it('forgets who waited too long', async () => {
    const slots = new Slots(1)
    await slots.take(1_000)
    expect(await slots.take(10)).toBe(false)
    slots.give()
    expect(await slots.take(10)).toBe(true)
  })
})
