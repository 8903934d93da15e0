import { connect, type Socket } from 'node:net'
import mongoose from 'mongoose'

const { BSON } = mongoose.mongo

/** Speaks OP_MSG without a driver, for what a driver does only when the network fails it. */
export class RawClient {
  private constructor(private readonly socket: Socket) {}

  static async open(uri: string): Promise<RawClient> {
    const { hostname, port } = new URL(uri)
    const socket = connect(Number(port), hostname)
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new RawClient(socket)
  }

  async command(command: mongoose.mongo.BSON.Document): Promise<mongoose.mongo.BSON.Document> {
    const body = BSON.serialize(command)
    const head = Buffer.alloc(21)
    head.writeInt32LE(head.length + body.length, 0)
    head.writeInt32LE(2013, 12)
    this.socket.write(Buffer.concat([head, body]))
    return this.reply()
  }

  private reply(): Promise<mongoose.mongo.BSON.Document> {
    return new Promise((resolve, reject) => {
      let received = Buffer.alloc(0)
      const onData = (chunk: Buffer) => {
        received = Buffer.concat([received, chunk])
        if (received.length < 4 || received.length < received.readInt32LE(0)) return
        this.socket.off('data', onData).off('close', onClose)
        resolve(BSON.deserialize(received.subarray(21)))
      }
      const onClose = () => reject(new Error('the server closed the connection'))
      this.socket.on('data', onData).once('close', onClose)
    })
  }

  close(): void {
    this.socket.destroy()
  }
}

export function newSession(): { id: mongoose.mongo.UUID } {
  return { id: new mongoose.mongo.UUID() }
}
