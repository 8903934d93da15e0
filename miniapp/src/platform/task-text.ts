import { tasks } from '../text/zh-cn/tasks'

/** What only the task centre says: not in `text`, so that the first page does not load it. */
export const taskText = tasks
