import { model, Schema } from 'mongoose'
import type { BusinessDate } from '#shared/domain/business-date'
import type { AccountKind, MessageTopic, Tier } from '#shared/domain/enums'

export interface Member {
  _id: string
  openid: string
  unionid: string | null
  nick: string
  avatarUrl: string | null
  tier: Tier
  /** The tier that an admin gave, below which growth does not lower it; `until` null is for good. */
  tierFloor?: { tier: Tier; until: BusinessDate | null } | null
  /** A tier lent until a date 签到送的等级, over the one the member has of his own; growth and floors go on beneath it. */
  lentTier?: { tier: Tier; until: BusinessDate; own: Tier } | null
  /** Names of the groups the member is in. */
  groups: string[]
  birthday: BusinessDate | null
  isPhoneBound: boolean
  /** What was spent on each business date, for spend thresholds. */
  spend: { date: BusinessDate; fen: number }[]
  /** What the account is for; decides the most that one purchase earns. */
  accountKind: AccountKind
  inviteCode: string
  /** The invite code the member came with, until what comes of it is settled. */
  invitedByCode: string | null
  /** Keyed hash of the phone it registered from, when it said so. */
  joinedDevice?: string | null
  /** Keyed hash of the network it registered from. */
  joinedNetwork?: string | null
  consent: { version: string; givenAt: Date } | null
  blockedReason: string | null
  joinedAt: Date
  /** When the person first joined, of one who left and came back. */
  firstJoinedAt?: Date | null
  /** `138****8000`; the number itself is sealed in its key. */
  phoneMasked?: string | null
  /** Kinds of messages the member does not want. */
  mutedTopics?: MessageTopic[]
  /** Consent was taken back and not given again. */
  consentWithdrawnAt?: Date | null
  /** Since when the account is closed and holds nothing of the person. */
  closedAt?: Date | null
}

/** What a new member has of it; also for members written before there was such a thing. */
export const newStanding: Pick<Member, 'groups' | 'birthday' | 'isPhoneBound' | 'spend' | 'accountKind'> = {
  groups: [],
  birthday: null,
  isPhoneBound: false,
  spend: [],
  accountKind: 'personal',
}

/** The nick of a member who has chosen none. */
export const firstNick = (inviteCode: string): string => `积友${inviteCode.slice(0, 4)}`

const memberSchema = new Schema<Member>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    unionid: { type: String, default: null },
    nick: { type: String, required: true },
    avatarUrl: { type: String, default: null },
    tier: { type: String, required: true },
    // No default: whoever has none was given his tier before there were floors.
    tierFloor: { type: new Schema({ tier: String, until: String }, { _id: false }) },
    lentTier: {
      type: new Schema({ tier: String, until: String, own: String }, { _id: false }),
      default: null,
    },
    groups: { type: [String], required: true },
    birthday: { type: String, default: null },
    isPhoneBound: { type: Boolean, default: false },
    spend: { type: [{ _id: false, date: String, fen: Number }], required: true },
    accountKind: { type: String, default: 'personal' },
    inviteCode: { type: String, required: true },
    invitedByCode: { type: String, default: null },
    joinedDevice: { type: String, default: null },
    joinedNetwork: { type: String, default: null },
    consent: { type: new Schema({ version: String, givenAt: Date }, { _id: false }), default: null },
    blockedReason: { type: String, default: null },
    joinedAt: { type: Date, required: true },
    firstJoinedAt: { type: Date, default: null },
    phoneMasked: { type: String, default: null },
    mutedTopics: { type: [String], default: [] },
    consentWithdrawnAt: { type: Date, default: null },
    closedAt: { type: Date, default: null },
  },
  { collection: 'members', versionKey: false },
)

// The sweep that erases once more what arrived while an account was being closed.
memberSchema.index({ closedAt: 1 }, { partialFilterExpression: { closedAt: { $type: 'date' } } })

export const MemberModel = model('Member', memberSchema)

/**
 * A value that belongs to one member over all shards: openid, unionid, invite code. Being the _id makes it
 * unique, and the big collection can be sharded by member id.
 */
export interface MemberKey {
  /** `openid:…`, `unionid:…`, `invite:…`, `phone:<keyed hash>` */
  _id: string
  memberId: string
  /** Of a phone: the number, to send a text to. It goes with the key, when the phone changes or the account is closed. */
  sealed?: string | null
  /** The key that sealed it, so that what an old key sealed is found. */
  keyName?: string | null
  /** Of a phone that took another one's place: from when on codes may be sent to it. */
  trustedFrom?: Date | null
}

const memberKeySchema = new Schema<MemberKey>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    sealed: { type: String },
    keyName: { type: String },
    trustedFrom: { type: Date },
  },
  { collection: 'member_keys', versionKey: false },
)

// What belongs to one member, to drop it when the phone changes or the account is closed.
memberKeySchema.index({ memberId: 1 })
// Rotation: numbers that an old key sealed.
memberKeySchema.index({ keyName: 1 }, { partialFilterExpression: { sealed: { $type: 'string' } } })

export const MemberKeyModel = model('MemberKey', memberKeySchema)

/**
 * A person who left: what tells that once-per-person gifts were given, and nothing that names him. The _id is a keyed
 * hash of an identity.
 */
export interface ClosedIdentity {
  _id: string
  /** The account he closed last. */
  memberId: string
  firstJoinedAt: Date
}

const closedIdentitySchema = new Schema<ClosedIdentity>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    firstJoinedAt: { type: Date, required: true },
  },
  { collection: 'closed_identities', versionKey: false },
)

export const ClosedIdentityModel = model('ClosedIdentity', closedIdentitySchema)
