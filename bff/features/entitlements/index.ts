export { grantEntitlements } from './commands/grant-entitlements'
export { countEntitlements, returnEntitlements, takeEntitlements } from './commands/take-entitlements'
export { entitlementsRoutes } from './entitlements.routes'
