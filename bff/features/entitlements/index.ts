export { countEntitlements, returnEntitlements, takeEntitlements } from './commands/take-entitlements'
export { entitlementsRoutes } from './entitlements.routes'
