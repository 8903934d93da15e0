import { MemberModel } from '#bff/features/members/member.model'
import { anyone, route } from '#bff/platform/route'
import { demoSignIns } from '#shared/contracts/demo'
import { members } from './world/members'
import { shops } from './world/shops'
import { staff } from './world/team'

/** Members one can be in the demo. */
export const offered = members.filter(({ note }) => note !== undefined)

/** Whom one can be in the demo, for the sign-in page. Names and pictures as they are now. */
export const demoSignInsRoute = route(demoSignIns, anyone, async () => {
  const rows = await MemberModel.find({ openid: { $in: offered.map(({ id }) => id) } })
    .select('openid nick avatarUrl')
    .lean()
  const byOpenid = new Map(rows.map((row) => [row.openid, row]))
  return {
    members: offered.map(({ id, nick, note = '' }) => ({
      code: `demo-${id}`,
      nick: byOpenid.get(id)?.nick ?? nick,
      avatarUrl: byOpenid.get(id)?.avatarUrl ?? null,
      note,
    })),
    staff: staff.map(({ openid, name, shop }) => ({
      code: `demo-${openid}`,
      name,
      storeName: shops.find(({ slug }) => slug === shop)?.name ?? '',
    })),
  }
})
