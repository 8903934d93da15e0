import type { Services } from '../../platform/services'
import { hashOf } from './commands/take-push'
import { FollowerModel } from './follower.model'

export { createFollowersConsumer } from './commands/take-push'
export { followersRoutes } from './followers.routes'

/** Whether a person follows the official account, as WeChat said when it last told of him. Reads only the database. */
export async function isFollower(
  services: Pick<Services, 'codeKeys'>,
  unionid: string | null,
): Promise<boolean> {
  if (unionid === null) return false
  const _id = hashOf(services, `unionid ${unionid}`)
  return (await FollowerModel.exists({ _id, isFollowing: true })) !== null
}
