import { anyone, type Route, route } from '#bff/platform/route'
import { demoFollow } from '#shared/contracts/demo'
import type { StandInControl } from '../wechat/controls'

/** Follows the official account, which no browser can; the stand-in then pushes to the BFF as WeChat would. */
export const createDemoFollowsRoute = (control: Pick<StandInControl, 'follow'>, pushTo: string): Route =>
  route(demoFollow, anyone, async ({ body, services }) => {
    const atSeconds = Math.floor(services.clock.now().getTime() / 1_000)
    await control.follow({ ...body, pushTo, atSeconds })
    return body
  })
