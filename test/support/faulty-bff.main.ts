import { AsyncLocalStorage } from 'node:async_hooks'
import { readSync, writeSync } from 'node:fs'
import { Server, ServerResponse } from 'node:http'
import { type Command, Redis } from 'ioredis'
import mongoose from 'mongoose'
import { startApp } from '#bff/app'
import { readEnv } from '#bff/env'

/**
 * The real BFF, which stops at each step of a request and asks on stdout whether it may go on: the test that started
 * it then has all the time to kill it, or what it talks to. It is hooked into the drivers from outside; the product
 * knows nothing of it. MONGODB_URI must say `monitorCommands=true`.
 */
interface Flow {
  name: string
  /** How often each step came so far: the second time it is another step. */
  counts: Map<string, number>
}
const requests = new AsyncLocalStorage<Flow>()
const relayCollections = ['outbox_events', 'inbox_messages']

function reach(flow: Flow | undefined, name: string): void {
  if (!flow) return
  const count = (flow.counts.get(name) ?? 0) + 1
  flow.counts.set(name, count)
  const step = count === 1 ? name : `${name} (${count})`
  writeSync(1, `${JSON.stringify({ flow: flow.name, step })}\n`)
  // Blocks the whole process, so that nothing of it goes on behind the test's back.
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit(1)
}

/** Each request is followed by its method and path, with ids left out. */
function followRequests(): void {
  const emit = Server.prototype.emit
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    const [request] = args as [{ method: string; url: string }]
    const handle = () => Reflect.apply(emit, this, [event, ...args])
    if (event !== 'request') return handle()
    const name = `${request.method} ${request.url.replace(/[0-9a-f]{32}/g, ':id')}`
    return requests.run({ name, counts: new Map() }, handle)
  }
  const end = ServerResponse.prototype.end
  ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
    const flow = requests.getStore()
    reach(flow, 'before the answer')
    this.once('finish', () => reach(flow, 'answer written'))
    return Reflect.apply(end, this, args)
  }
}

function followRedis(): void {
  const sendCommand = Redis.prototype.sendCommand
  Redis.prototype.sendCommand = function (this: Redis, command: Command, ...rest: never[]) {
    const flow = requests.getStore()
    const key = command.args.map(String).find((argument) => argument.startsWith('jili:'))
    const name = `redis ${command.name} ${key?.replace(/:[^{}:]+}/, '}').replace(/(sold-out|redeemed):.*/, '$1')}`
    if (key) reach(flow, `before ${name}`)
    const sent = sendCommand.call(this, command, ...rest)
    if (key && !readers.includes(command.name)) reach(flow, `sent ${name}`)
    return sent
  }
}

const readers = ['find', 'aggregate', 'count', 'exists', 'get']

const followed = new WeakSet<object>()

/** A command is announced right before the driver writes it to its socket; after this turn of the loop it is written. */
function followMongodb(): void {
  const client = mongoose.connection.getClient()
  if (followed.has(client)) return
  followed.add(client)
  client.on('commandStarted', ({ commandName, command }) => {
    const collection = String(command[commandName])
    const isOfRelay = relayCollections.includes(collection)
    const flow = requests.getStore() ?? (isOfRelay ? { name: 'delivery', counts: new Map() } : undefined)
    const name = commandName.endsWith('Transaction') ? commandName : `${commandName} ${collection}`
    reach(flow, `before ${name}`)
    if (!readers.includes(commandName)) setImmediate(() => reach(flow, `sent ${name}`))
  })
}

async function main(): Promise<void> {
  followRequests()
  followRedis()
  mongoose.connection.on('connected', followMongodb)
  const app = await startApp({ env: readEnv(process.env), runs: { web: true, worker: true } })
  writeSync(1, `${JSON.stringify({ listening: app.port })}\n`)
  process.on('SIGTERM', () => void app.stop().then(() => process.exit(0)))
}

void main()
