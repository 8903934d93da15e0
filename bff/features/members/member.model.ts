import { model, Schema } from 'mongoose'
import type { Tier } from '#shared/domain/enums'

export interface Member {
  _id: string
  openid: string
  unionid: string | null
  nick: string
  avatarUrl: string | null
  tier: Tier
  inviteCode: string
  /** The invite code the member came with; paid when the member first does a qualifying act. */
  invitedByCode: string | null
  consent: { version: string; givenAt: Date } | null
  blockedReason: string | null
  joinedAt: Date
}

const memberSchema = new Schema<Member>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    unionid: { type: String, default: null },
    nick: { type: String, required: true },
    avatarUrl: { type: String, default: null },
    tier: { type: String, required: true },
    inviteCode: { type: String, required: true },
    invitedByCode: { type: String, default: null },
    consent: { type: new Schema({ version: String, givenAt: Date }, { _id: false }), default: null },
    blockedReason: { type: String, default: null },
    joinedAt: { type: Date, required: true },
  },
  { collection: 'members', versionKey: false },
)

export const MemberModel = model('Member', memberSchema)

/**
 * A value that belongs to one member over all shards: openid, unionid, invite code. Being the _id makes it
 * unique, and the big collection can be sharded by member id.
 */
export interface MemberKey {
  /** `openid:…`, `unionid:…`, `invite:…` */
  _id: string
  memberId: string
}

const memberKeySchema = new Schema<MemberKey>(
  { _id: { type: String, required: true }, memberId: { type: String, required: true } },
  { collection: 'member_keys', versionKey: false },
)

export const MemberKeyModel = model('MemberKey', memberKeySchema)
