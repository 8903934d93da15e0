export { carryCompletions, eraseTasks } from './commands/erase-tasks'
export { tasksRoutes } from './tasks.routes'
