export { checkInsRoutes } from './check-ins.routes'
export { eraseReminder } from './commands/set-reminder'
export { remindMembers } from './jobs/remind-members'
