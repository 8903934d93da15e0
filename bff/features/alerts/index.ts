export { alertsRoutes } from './alerts.routes'
export { closeAlerts, openAlert } from './commands/open-alert'
export { listOpenSubjects } from './queries/list-open-subjects'
