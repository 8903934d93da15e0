import { BSON, type Document } from 'bson'

/** MongoDB's wire protocol: OP_MSG, and the OP_QUERY with which a driver says hello for the first time. */

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER_BYTES = 16
export const MAX_MESSAGE_BYTES = 48_000_000
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2

/** A command as it came: `body` is its BSON, `fields` the same with each nested document left as raw BSON. */
export interface Request {
  requestId: number
  isLegacy: boolean
  expectsReply: boolean
  body: Buffer
  fields: Document
  /** The documents of a kind 1 section, end to end, and the command field they stand for. */
  sequence?: { field: string; documents: Buffer }
}

export class ProtocolError extends Error {}

/** Cuts a byte stream into messages. Bytes are joined once per message, so a large one costs no repeated copies. */
export class MessageSplitter {
  private chunks: Buffer[] = []
  private bufferedBytes = 0

  private nextSize(): number | undefined {
    if (this.bufferedBytes < HEADER_BYTES) return undefined
    const first = this.chunks[0]
    const size = (first && first.length >= 4 ? first : this.join()).readInt32LE(0)
    if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES) throw new ProtocolError(`a message of ${size} bytes`)
    return size
  }

  *push(chunk: Buffer): Generator<Buffer> {
    this.chunks.push(chunk)
    this.bufferedBytes += chunk.length
    for (
      let size = this.nextSize();
      size !== undefined && this.bufferedBytes >= size;
      size = this.nextSize()
    ) {
      const joined = this.join()
      this.chunks = joined.length > size ? [joined.subarray(size)] : []
      this.bufferedBytes = joined.length - size
      yield joined.subarray(0, size)
    }
  }

  private join(): Buffer {
    const [first] = this.chunks
    if (first && this.chunks.length === 1) return first
    const joined = Buffer.concat(this.chunks)
    this.chunks = [joined]
    return joined
  }
}

/** 64-bit integers stay exact as bigint; nested documents stay raw, for the database reads them, not the gateway. */
function readFields(body: Buffer): Document {
  return BSON.deserialize(body, { raw: true, promoteBuffers: false, useBigInt64: true })
}

/** @throws ProtocolError for anything that a driver of MongoDB would not send */
export function readRequest(message: Buffer): Request {
  const requestId = message.readInt32LE(4)
  const operation = message.readInt32LE(12)
  if (operation === OP_MSG) return readOpMsg(message, requestId)
  if (operation === OP_QUERY) return readOpQuery(message, requestId)
  throw new ProtocolError(`operation ${operation}`)
}

function readOpQuery(message: Buffer, requestId: number): Request {
  const endOfName = message.indexOf(0, HEADER_BYTES + 4)
  // After the name come numberToSkip and numberToReturn, four bytes each.
  const body = message.subarray(endOfName + 9)
  return { requestId, isLegacy: true, expectsReply: true, body, fields: readFields(body) }
}

function readOpMsg(message: Buffer, requestId: number): Request {
  const flags = message.readUInt32LE(HEADER_BYTES)
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0)
  let body: Buffer | undefined
  let sequence: Request['sequence']
  for (let position = HEADER_BYTES + 4; position < end; ) {
    const kind = message[position]
    const start = position + 1
    const size = message.readInt32LE(start)
    if (size < 5 || start + size > end) throw new ProtocolError(`a section of ${size} bytes`)
    if (kind === 0) body = message.subarray(start, start + size)
    else if (kind === 1) sequence = readSequence(message.subarray(start, start + size))
    else throw new ProtocolError(`a section of kind ${kind}`)
    position = start + size
  }
  if (!body) throw new ProtocolError('a message without a body')
  const expectsReply = (flags & MORE_TO_COME) === 0
  return { requestId, isLegacy: false, expectsReply, body, fields: readFields(body), sequence }
}

function readSequence(section: Buffer): { field: string; documents: Buffer } {
  const endOfField = section.indexOf(0, 4)
  return { field: section.toString('utf8', 4, endOfField), documents: section.subarray(endOfField + 1) }
}

/** Splits documents that stand end to end. */
export function splitDocuments(documents: Buffer): Buffer[] {
  const split: Buffer[] = []
  for (let position = 0; position + 4 < documents.length; ) {
    const size = documents.readInt32LE(position)
    split.push(documents.subarray(position, position + size))
    position += size
  }
  return split
}

let lastReplyId = 0

/** The head of a reply and its document; `reply` is a document or BSON that is passed on as it is. */
export function encodeReply(request: Request, reply: Document | Buffer): [head: Buffer, body: Uint8Array] {
  const body = Buffer.isBuffer(reply) ? reply : BSON.serialize(reply, { ignoreUndefined: true })
  const head = Buffer.alloc(request.isLegacy ? 36 : 21)
  lastReplyId = (lastReplyId + 1) & 0x7fffffff
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(lastReplyId, 4)
  head.writeInt32LE(request.requestId, 8)
  head.writeInt32LE(request.isLegacy ? OP_REPLY : OP_MSG, 12)
  if (request.isLegacy) {
    const AWAIT_CAPABLE = 8
    head.writeInt32LE(AWAIT_CAPABLE, 16)
    head.writeInt32LE(1, 32)
  }
  return [head, body]
}
