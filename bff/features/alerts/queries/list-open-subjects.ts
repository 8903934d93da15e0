import { type Alert, AlertModel } from '../alert.model'

/** What the open alerts of a kind are about, the oldest 1,000. */
export async function listOpenSubjects(kind: Alert['kind']): Promise<string[]> {
  const open = await AlertModel.find({ kind, isOpen: true })
    .sort({ _id: 1 })
    .limit(1_000)
    .select('subjectId')
    .lean()
  return open.map(({ subjectId }) => subjectId)
}
