import { model, Schema } from 'mongoose'
import type { BusinessDate } from '#shared/domain/business-date'
import type { Tier } from '#shared/domain/enums'

export interface Member {
  _id: string
  openid: string
  unionid: string | null
  nick: string
  avatarUrl: string | null
  tier: Tier
  /** Names of the groups the member is in. */
  groups: string[]
  birthday: BusinessDate | null
  isPhoneBound: boolean
  /** What was spent on each business date, for spend thresholds. */
  spend: { date: BusinessDate; fen: number }[]
  inviteCode: string
  /** The invite code the member came with; paid when the member first does a qualifying act. */
  invitedByCode: string | null
  consent: { version: string; givenAt: Date } | null
  blockedReason: string | null
  joinedAt: Date
}

/** What a new member has of it; also for members written before there was such a thing. */
export const newStanding: Pick<Member, 'groups' | 'birthday' | 'isPhoneBound' | 'spend'> = {
  groups: [],
  birthday: null,
  isPhoneBound: false,
  spend: [],
}

const memberSchema = new Schema<Member>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    unionid: { type: String, default: null },
    nick: { type: String, required: true },
    avatarUrl: { type: String, default: null },
    tier: { type: String, required: true },
    groups: { type: [String], required: true },
    birthday: { type: String, default: null },
    isPhoneBound: { type: Boolean, default: false },
    spend: { type: [{ _id: false, date: String, fen: Number }], required: true },
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
