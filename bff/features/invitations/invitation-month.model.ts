import { model, Schema } from 'mongoose'

/** How many invitations of a member were rewarded in a month. */
export interface InvitationMonth {
  /** `<inviter>:<YYYY-MM>` */
  _id: string
  inviterId: string
  rewarded: number
}

const schema = new Schema<InvitationMonth>(
  {
    _id: { type: String, required: true },
    inviterId: { type: String, required: true },
    rewarded: { type: Number, required: true },
  },
  { collection: 'invitation_months', versionKey: false },
)

export const InvitationMonthModel = model('InvitationMonth', schema)

export const monthIdOf = (inviterId: string, month: string): string => `${inviterId}:${month}`
