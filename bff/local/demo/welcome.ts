import { members } from './world/members'
import { shops } from './world/shops'
import { operator, owner, staff } from './world/team'

const dayMs = 86_400_000
/** From then on streaks have broken and the flash sale is over. */
const freshForDays = 2

const shopName = (slug: string) => shops.find((shop) => shop.slug === slug)?.name ?? ''

/** What to open and who to be, once everything runs. */
export function welcome(port: number, madeAt: Date): string {
  const people = [
    ...members.flatMap(({ id, nick, note }) => (note ? [`demo-${id}  ${nick}，${note}`] : [])),
    ...staff.map(({ openid, name, shop }) => `demo-${openid}  店员 ${name}，${shopName(shop)}`),
  ]
  const ageDays = Math.floor((Date.now() - madeAt.getTime()) / dayMs)
  const lines = [
    '',
    `  打开 Open        http://localhost:${port}        商城（手机宽度的窗口最好看）`,
    `                   http://localhost:${port}/docs   API`,
    '',
    '  登录 Sign in     在登录页选一位，或用代码 / choose one on the sign-in page, or use the code',
    ...people.map((person) => `                   ${person}`),
    '',
    '  短信 SMS         头戴耳机要验证码：短信显示在兑换页和这里 / codes are shown in the sheet and here',
    '',
    '  公众号 Follow    浏览器里关注不了，用这一句 / no browser can follow, this does:',
    `                   curl localhost:${port}/api/demo/follows -H 'content-type: application/json' -d '{"demoId":"xiaoman"}'`,
    '',
    `  管理 Admin       ${owner.username} / ${owner.password}，${operator.username} / ${operator.password}   (POST /api/admin/session)`,
    '',
    '  Ctrl-C 全部停止 ends everything · npm run demo -- --reset 重新开始 starts the demo world over',
  ]
  if (ageDays >= freshForDays) {
    lines.push(
      `  演示数据是 ${ageDays} 天前的，--reset 可换新 / the demo world is ${ageDays} days old, --reset makes a new one`,
    )
  }
  return `${lines.join('\n')}\n`
}
