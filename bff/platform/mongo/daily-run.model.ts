import { model, Schema } from 'mongoose'

/** The last business date on which a daily job was done. */
export interface DailyRun {
  /** Name of the job. */
  _id: string
  doneOn: string
}

const schema = new Schema<DailyRun>(
  { _id: { type: String, required: true }, doneOn: { type: String, required: true } },
  { collection: 'daily_runs', versionKey: false },
)

export const DailyRunModel = model('DailyRun', schema)
