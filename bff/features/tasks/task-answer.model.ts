import { model, Schema } from 'mongoose'

/** What a member answered to a survey. Texts lie apart, for they go when he leaves. */
export interface TaskAnswer {
  _id: string
  taskId: string
  /** The version that he saw. */
  version: number
  memberId: string
  answers: { questionId: string; choiceIds: string[] | null; rating: number | null }[]
  texts: { questionId: string; text: string }[]
  createdAt: Date
}

const part = { _id: false, questionId: String }

const schema = new Schema<TaskAnswer>(
  {
    _id: { type: String, required: true },
    taskId: { type: String, required: true },
    version: { type: Number, required: true },
    memberId: { type: String, required: true },
    answers: { type: [{ ...part, choiceIds: { type: [String], default: null }, rating: Number }] },
    texts: { type: [{ ...part, text: String }] },
    createdAt: { type: Date, required: true },
  },
  { collection: 'task_answers', versionKey: false },
)

// The admin's list of a survey's answers, newest first.
schema.index({ taskId: 1, _id: -1 })
// Tallies and the export: of one version.
schema.index({ taskId: 1, version: 1, _id: 1 })
// What a member leaves behind.
schema.index({ memberId: 1 })

export const TaskAnswerModel = model('TaskAnswer', schema)
