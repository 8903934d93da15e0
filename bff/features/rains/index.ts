export { carryPackets } from './commands/carry-packets'
export { sweepRains } from './jobs/sweep-rains'
export { rainsRoutes } from './rains.routes'
