export { alertsRoutes } from './alerts.routes'
export { closeAlerts, openAlert } from './commands/open-alert'
