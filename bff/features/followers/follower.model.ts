import { model, Schema } from 'mongoose'

/**
 * Somebody who followed the official account. Both ids are keyed hashes, so that the record names nobody and may stay when
 * a member leaves.
 */
export interface Follower {
  /** Of the unionid, which the mini program and the account share. */
  _id: string
  /** Of the account's own openid. */
  openidHash: string
  isFollowing: boolean
  changedAt: Date
}

const schema = new Schema<Follower>(
  {
    _id: { type: String, required: true },
    openidHash: { type: String, required: true },
    isFollowing: { type: Boolean, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'followers', versionKey: false },
)

// Who left has only his openid, for WeChat gives no unionid of him any more.
schema.index({ openidHash: 1 })

export const FollowerModel = model('Follower', schema)
