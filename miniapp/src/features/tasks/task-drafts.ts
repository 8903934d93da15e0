import type { FormAnswer } from '#shared/domain/task-forms'
import { keep, readKept } from '../../platform/storage'

const storageName = 'task-drafts'
const kept = 5

interface Draft {
  taskId: string
  version: number
  answers: FormAnswer[]
}

const read = (): Draft[] => {
  const drafts = readKept<unknown>('member', storageName)
  return Array.isArray(drafts) ? (drafts as Draft[]) : []
}

/** What was answered before the page was left; another version of a task has other questions. */
export const draftOf = (taskId: string, version: number): FormAnswer[] =>
  read().find((draft) => draft.taskId === taskId && draft.version === version)?.answers ?? []

/** Keeps answers on this phone, of the last few tasks. */
export function keepDraft(draft: Draft): void {
  const others = read().filter(({ taskId }) => taskId !== draft.taskId)
  keep('member', storageName, [draft, ...others].slice(0, kept))
}

export const dropDraft = (taskId: string): void =>
  keep(
    'member',
    storageName,
    read().filter((draft) => draft.taskId !== taskId),
  )
