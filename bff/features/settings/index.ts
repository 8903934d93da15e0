export { readSettings } from './queries/read-settings'
export { settingsRoutes } from './settings.routes'
