import { model, Schema } from 'mongoose'

/** A task done, and rewarded by that. */
export interface TaskCompletion {
  _id: string
  memberId: string
  taskId: string
  /** The business date of a daily task, `ever` of every other. */
  period: string
  version: number
  points: number
  completedAt: Date
}

const schema = new Schema<TaskCompletion>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    taskId: { type: String, required: true },
    period: { type: String, required: true },
    version: { type: Number, required: true },
    points: { type: Number, required: true },
    completedAt: { type: Date, required: true },
  },
  { collection: 'task_completions', versionKey: false },
)

// Promise: a member is rewarded for a task once a period, however many requests or admins meet.
schema.index({ memberId: 1, taskId: 1, period: 1 }, { unique: true })
// How often a task was done.
schema.index({ taskId: 1 })

export const TaskCompletionModel = model('TaskCompletion', schema)
