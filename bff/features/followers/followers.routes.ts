import * as contracts from '#shared/contracts/followers'
import { anyone, route } from '../../platform/route'
import { takePush } from './commands/take-push'

export const followersRoutes = [
  route(contracts.proveOfficialAccount, anyone, async ({ query }) => query.echostr),
  route(contracts.receiveOfficialAccountPush, anyone, async ({ services, query, upload }) => {
    await takePush(services, query, upload)
    return 'success'
  }),
]
