export { readSettings } from './queries/read-settings'
export { defaults as defaultSettings } from './settings.model'
export { settingsRoutes } from './settings.routes'
