import { model, Schema } from 'mongoose'

/** One red packet. Its points were dealt before the rain was announced; nothing else gives points in a rain. */
export interface Packet {
  /** `<rain>:<position>` */
  _id: string
  rainId: string
  /** From 0; members look for one from a random position on, so that a crowd does not meet at the same. */
  position: number
  points: number
  state: 'free' | 'opened'
  memberId: string | null
  /** Which of the member's packets it is, from 0. */
  slot: number | null
  /** What caps of the member's took from its points. */
  cutPoints: number
  openedAt: Date | null
}

const schema = new Schema<Packet>(
  {
    _id: { type: String, required: true },
    rainId: { type: String, required: true },
    position: { type: Number, required: true },
    points: { type: Number, required: true },
    state: { type: String, required: true },
    memberId: { type: String, default: null },
    slot: { type: Number, default: null },
    cutPoints: { type: Number, default: 0 },
    openedAt: { type: Date, default: null },
  },
  { collection: 'rain_packets', versionKey: false },
)

// A free packet from a position on; how many are opened.
schema.index({ rainId: 1, state: 1, position: 1 })
// Promise: no member opens more packets than the rain allows, for each takes a slot of his.
schema.index(
  { rainId: 1, memberId: 1, slot: 1 },
  { unique: true, partialFilterExpression: { state: 'opened' } },
)

export const PacketModel = model('RainPacket', schema)

export const packetIdOf = (rainId: string, position: number): string => `${rainId}:${position}`
