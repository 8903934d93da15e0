import { Binary, BSON, type Document } from 'bson'
import { CommandError, ErrorCode } from './errors'
import { type Request, splitDocuments } from './wire-protocol'

/** One command of a client, read as far as the gateway must understand it. */
export class Command {
  /** The command's name in lower case: MongoDB takes both `isMaster` and `ismaster`. */
  readonly name: string
  readonly spelledName: string
  readonly database: string
  readonly body: Buffer
  readonly fields: Document
  readonly sequence: Request['sequence']
  /** The logical session, as a UUID. */
  readonly session: string | undefined
  readonly transactionNumber: bigint | undefined
  readonly isInTransaction: boolean
  readonly startsTransaction: boolean
  readonly maxTimeMs: number

  constructor(request: Request) {
    const { fields } = request
    this.spelledName = Object.keys(fields)[0] ?? ''
    this.name = this.spelledName.toLowerCase()
    this.database = typeof fields.$db === 'string' ? fields.$db : 'admin'
    this.body = request.body
    this.fields = fields
    this.sequence = request.sequence
    this.session = readSession(fields.lsid)
    this.transactionNumber = fields.txnNumber === undefined ? undefined : BigInt(fields.txnNumber)
    this.isInTransaction = fields.autocommit === false
    this.startsTransaction = fields.startTransaction === true
    this.maxTimeMs = Number(fields.maxTimeMS ?? 0)
    if (this.isInTransaction && (!this.session || this.transactionNumber === undefined)) {
      throw new CommandError(ErrorCode.BadValue, 'a transaction needs lsid and txnNumber')
    }
  }

  /** @throws CommandError if the command's own field is no name */
  get collection(): string {
    const collection: unknown = this.fields[this.spelledName]
    if (typeof collection === 'string' && collection !== '') return collection
    throw new CommandError(ErrorCode.BadValue, `${this.spelledName} needs the name of a collection`)
  }

  get namespace(): string {
    return `${this.database}.${this.collection}`
  }

  /** The documents of an array field, wherever the client put them: in the body or in a section of its own. */
  documentsOf(field: 'documents' | 'updates' | 'deletes'): Buffer[] {
    if (this.sequence?.field === field) return splitDocuments(this.sequence.documents)
    const documents: unknown = this.fields[field]
    return Array.isArray(documents) ? documents.filter((document) => Buffer.isBuffer(document)) : []
  }
}

function readSession(lsid: unknown): string | undefined {
  if (!Buffer.isBuffer(lsid)) return undefined
  return sessionId(BSON.deserialize(lsid, { promoteBuffers: false }))
}

/** The UUID of an lsid document. */
export function sessionId(lsid: Document): string | undefined {
  const id: unknown = lsid.id
  if (!(id instanceof Binary) || id.length() !== 16) return undefined
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
