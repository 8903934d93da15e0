import { model, Schema } from 'mongoose'
import type { ProfileField, TaskKind, TaskState, Tier } from '#shared/domain/enums'
import type { Question } from '#shared/domain/task-forms'
import type { Expiry } from '../earning'

/** A question of a quiz, with what is right; it leaves the BFF only as `tasks.presenter` lets it. */
export type QuizQuestion = Extract<Question, { kind: 'single' | 'multiple' }> & { rightIds: string[] }

export type TaskContent =
  | { kind: 'profile'; fields: ProfileField[] }
  | { kind: 'follow' }
  | { kind: 'survey'; questions: Question[] }
  | { kind: 'quiz'; questions: QuizQuestion[]; passCount: number; triesPerDay: number }
  /** `tries` is a day's for a daily task. */
  | { kind: 'proof'; instructions: string; tries: number }
export type ContentOf<K extends TaskKind> = Extract<TaskContent, { kind: K }>

/** How often a member may do it; `days` from joining on. */
export type TaskSchedule = { kind: 'once' } | { kind: 'daily' } | { kind: 'newcomer'; days: number }

/** What an operator wrote: never changed once somebody may have done it. */
export interface TaskTerms {
  name: string
  description: string
  content: TaskContent
  schedule: TaskSchedule
  rewardPoints: number
  expiry: Expiry
  startsAt: Date | null
  /** The first instant at which it is over. */
  endsAt: Date | null
  /** Empty asks nothing. */
  tiers: Tier[]
  /** One of them is enough. */
  groups: string[]
  /** The most points for all members together. */
  budget: number | null
  /** The most points of a daily task for one member. */
  perMember: number | null
}

export interface Task extends TaskTerms {
  _id: string
  version: number
  state: TaskState
  createdAt: Date
  updatedAt: Date
}

/** The terms of a task as they were, for whoever did it by them. */
export interface TaskVersion {
  /** `<task>@<version>` */
  _id: string
  taskId: string
  version: number
  terms: TaskTerms
  createdAt: Date
}

const mixed = Schema.Types.Mixed

const schema = new Schema<Task>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    description: { type: String, required: true },
    content: { type: mixed, required: true },
    schedule: { type: mixed, required: true },
    rewardPoints: { type: Number, required: true },
    expiry: { type: mixed, default: null },
    startsAt: { type: Date, default: null },
    endsAt: { type: Date, default: null },
    tiers: { type: [String], required: true },
    groups: { type: [String], required: true },
    budget: { type: Number, default: null },
    perMember: { type: Number, default: null },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'tasks', versionKey: false },
)

// The tasks that members see, and the admin's list by state.
schema.index({ state: 1, _id: -1 })

export const TaskModel = model('Task', schema)

const versionSchema = new Schema<TaskVersion>(
  {
    _id: { type: String, required: true },
    taskId: { type: String, required: true },
    version: { type: Number, required: true },
    terms: { type: mixed, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'task_versions', versionKey: false },
)

// The history of one task, newest first.
versionSchema.index({ taskId: 1, version: -1 })

export const TaskVersionModel = model('TaskVersion', versionSchema)

export const versionIdOf = (taskId: string, version: number): string => `${taskId}@${version}`
