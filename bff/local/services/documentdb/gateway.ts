import { createServer, type Server, type Socket } from 'node:net'
import type { Document } from 'bson'
import { Command } from './command'
import { Cursors } from './cursors'
import { dispatch } from './dispatch'
import { errorReply, isConnectionLost, toCommandError } from './errors'
import type { GatewayState } from './execution'
import { Postgres } from './postgres'
import { forgetSessions, installSessionRecords } from './session-records'
import { Transactions } from './transactions'
import { encodeReply, MessageSplitter, readRequest } from './wire-protocol'

const CONNECTIONS_AT_MOST = 1_000
/** A driver waits for each reply before it asks again; only unacknowledged writes pile up. */
const WAITING_MESSAGES_AT_MOST = 32
const FORGET_SESSIONS_EVERY_MS = 60_000

export interface GatewayOptions {
  port: number
  postgresPort: number
  /** Told of what no client can be told: a broken protocol, a failed clean-up. */
  report: (line: string) => void
}

/**
 * Speaks MongoDB's wire protocol on loopback and hands each command to DocumentDB, an extension of PostgreSQL. While
 * PostgreSQL is away it drops its clients, as a mongod that died would: then drivers wait and retry by themselves.
 */
export class Gateway implements GatewayState {
  readonly port: number
  readonly postgres: Postgres
  readonly cursors = new Cursors()
  readonly transactions: Transactions
  private readonly sockets = new Set<Socket>()
  private readonly server: Server
  private readonly report: (line: string) => void
  private forgetter: NodeJS.Timeout | undefined

  constructor({ port, postgresPort, report }: GatewayOptions) {
    this.port = port
    this.report = report
    this.postgres = new Postgres(postgresPort)
    this.transactions = new Transactions(this.postgres, (transaction) =>
      this.cursors.forgetThoseOf(transaction),
    )
    this.server = createServer((socket) => this.serve(socket))
    this.server.maxConnections = CONNECTIONS_AT_MOST
    this.postgres.on('lost', () => this.dropClients())
  }

  /** Resolves once clients can connect. */
  async start(): Promise<void> {
    await this.postgres.waitUntilAvailable()
    await installSessionRecords(this.postgres)
    await new Promise<void>((resolve, reject) => {
      // Stays: a connection that cannot be accepted is told here too, and unheard it would end the gateway.
      this.server.on('error', reject)
      this.server.listen(this.port, '127.0.0.1', resolve)
    })
    this.forgetter = setInterval(() => void this.forgetOldSessions(), FORGET_SESSIONS_EVERY_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.forgetter)
    this.server.close()
    this.dropClients()
    this.cursors.end()
    this.transactions.end()
    await this.postgres.end()
  }

  private dropClients(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  private async forgetOldSessions(): Promise<void> {
    try {
      await this.postgres.withStatementClient((client) => forgetSessions(client))
    } catch (error) {
      this.report(`could not forget old sessions: ${error instanceof Error ? error.message : error}`)
    }
  }

  private serve(socket: Socket): void {
    const splitter = new MessageSplitter()
    const waiting: Buffer[] = []
    let isWorking = false
    const work = async () => {
      isWorking = true
      for (let message = waiting.shift(); message && !socket.destroyed; message = waiting.shift()) {
        if (waiting.length < WAITING_MESSAGES_AT_MOST) socket.resume()
        await this.answer(socket, message)
      }
      isWorking = false
    }
    this.sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.sockets.delete(socket)
      this.transactions.endThoseOf(socket)
    })
    socket.on('data', (chunk) => {
      try {
        for (const message of splitter.push(Buffer.from(chunk))) waiting.push(message)
      } catch (error) {
        this.drop(socket, error)
      }
      if (waiting.length >= WAITING_MESSAGES_AT_MOST) socket.pause()
      if (!isWorking) void work()
    })
  }

  /** Never throws: what cannot be answered ends the connection. */
  private async answer(socket: Socket, message: Buffer): Promise<void> {
    try {
      const request = readRequest(message)
      if (!this.postgres.isAvailable) return void socket.destroy()
      const reply = await this.reply(() => dispatch(new Command(request), this, socket))
      if (!request.expectsReply || socket.destroyed) return
      const [head, body] = encodeReply(request, reply)
      socket.cork()
      socket.write(head)
      socket.write(body)
      socket.uncork()
    } catch (error) {
      this.drop(socket, error)
    }
  }

  /** @throws what `pg` throws when PostgreSQL went away: its outcome is unknown, so there is nothing true to answer */
  private async reply(run: () => Promise<Document | Buffer>): Promise<Document | Buffer> {
    try {
      return await run()
    } catch (error) {
      if (isConnectionLost(error)) throw error
      return errorReply(toCommandError(error))
    }
  }

  private drop(socket: Socket, error: unknown): void {
    this.report(`dropped a client: ${error instanceof Error ? error.message : error}`)
    socket.destroy()
  }
}
