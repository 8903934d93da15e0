import type { ShopSlug } from './shops'

/** Who signs in at the admin routes. The owner comes from the settings, as everywhere. */
export const owner = { username: 'owner', password: 'jili-demo' }

export const operator = {
  username: 'operator',
  password: 'jili-demo-operator',
  name: '运营 · 沈青',
  role: 'operator',
} as const

/** `demo-<openid>` is the code that signs in with that openid at the WeChat stand-in. */
export const staff = [
  { openid: 'staff-1', name: '林小禾', shop: 'jingan' },
  { openid: 'staff-2', name: '周叙', shop: 'xuhui' },
  { openid: 'staff-3', name: '许知夏', shop: 'lujiazui' },
] as const satisfies readonly { openid: string; name: string; shop: ShopSlug }[]

export type StaffOpenid = (typeof staff)[number]['openid']
