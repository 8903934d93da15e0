import type { Submitted, TaskDetail } from '../../../features/tasks/task.queries'

/** What doing a task of any kind is given. */
export interface PartProps {
  detail: TaskDetail
  onSubmitted: (result: Submitted) => void
}
