import { model, Schema } from 'mongoose'
import type { InvitationState } from '#shared/domain/enums'

/** Who invited whom, and what came of it. A person is invited once. */
export interface Invitation {
  /** The invited member. */
  _id: string
  inviterId: string
  state: InvitationState
  /** Why nobody, or not the inviter, was rewarded. */
  reason: string | null
  /** Keyed hash of the network the invited one registered from: many of one inviter and network are a cluster. */
  network: string | null
  inviterPoints: number
  inviteePoints: number
  joinedAt: Date
  rewardedAt: Date | null
}

const schema = new Schema<Invitation>(
  {
    _id: { type: String, required: true },
    inviterId: { type: String, required: true },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    network: { type: String, default: null },
    inviterPoints: { type: Number, required: true },
    inviteePoints: { type: Number, required: true },
    joinedAt: { type: Date, required: true },
    rewardedAt: { type: Date, default: null },
  },
  { collection: 'invitations', versionKey: false },
)

// Whom a member invited, newest first.
schema.index({ inviterId: 1, joinedAt: -1, _id: -1 })

// How many of one network rewarded an inviter lately.
schema.index({ inviterId: 1, network: 1, rewardedAt: -1 })
// All of a state, newest first, for admins.
schema.index({ state: 1, joinedAt: -1, _id: -1 })
schema.index({ joinedAt: -1, _id: -1 })

export const InvitationModel = model('Invitation', schema)
