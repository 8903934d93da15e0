import { model, Schema } from 'mongoose'
import type { TaskProofState } from '#shared/domain/enums'

/** Photos that a member handed in, for somebody to look at. */
export interface TaskProof {
  _id: string
  taskId: string
  taskName: string
  version: number
  memberId: string
  /** As of the completion that comes of it. */
  period: string
  /** Its place among the tries of the period. */
  slot: number
  state: TaskProofState
  photoIds: string[]
  note: string
  /** Why it was rejected. */
  reason: string | null
  decidedBy: string | null
  createdAt: Date
  decidedAt: Date | null
}

const schema = new Schema<TaskProof>(
  {
    _id: { type: String, required: true },
    taskId: { type: String, required: true },
    taskName: { type: String, required: true },
    version: { type: Number, required: true },
    memberId: { type: String, required: true },
    period: { type: String, required: true },
    slot: { type: Number, required: true },
    state: { type: String, required: true },
    photoIds: { type: [String], required: true },
    note: { type: String, default: '' },
    reason: { type: String, default: null },
    decidedBy: { type: String, default: null },
    createdAt: { type: Date, required: true },
    decidedAt: { type: Date, default: null },
  },
  { collection: 'task_proofs', versionKey: false },
)

// Promise: one proof at a time and so many tries a period, whatever requests arrive together.
schema.index({ memberId: 1, taskId: 1, period: 1, slot: 1 }, { unique: true })
// The review queue.
schema.index({ state: 1, _id: 1 })

export const TaskProofModel = model('TaskProof', schema)
