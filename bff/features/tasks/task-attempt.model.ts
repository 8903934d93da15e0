import { model, Schema } from 'mongoose'
import type { BusinessDate } from '#shared/domain/business-date'

/** One go at a quiz. */
export interface TaskAttempt {
  _id: string
  taskId: string
  version: number
  memberId: string
  businessDate: BusinessDate
  /** Its place among the tries of the day. */
  slot: number
  correctCount: number
  isPassed: boolean
  createdAt: Date
}

const schema = new Schema<TaskAttempt>(
  {
    _id: { type: String, required: true },
    taskId: { type: String, required: true },
    version: { type: Number, required: true },
    memberId: { type: String, required: true },
    businessDate: { type: String, required: true },
    slot: { type: Number, required: true },
    correctCount: { type: Number, required: true },
    isPassed: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'task_attempts', versionKey: false },
)

// Promise: so many tries a day, whatever requests arrive together.
schema.index({ memberId: 1, taskId: 1, businessDate: 1, slot: 1 }, { unique: true })

export const TaskAttemptModel = model('TaskAttempt', schema)
