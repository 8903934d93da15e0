/** The four shops of 山川小满. */
export const shops = [
  {
    slug: 'jingan',
    name: '静安店',
    address: '上海市静安区愚园路 546 弄 8 号',
    hours: '10:00–22:00',
    phone: '021-5555 0101',
  },
  {
    slug: 'xuhui',
    name: '徐汇店',
    address: '上海市徐汇区乌鲁木齐中路 218 号',
    hours: '09:30–21:30',
    phone: '021-5555 0102',
  },
  {
    slug: 'lujiazui',
    name: '陆家嘴店',
    address: '上海市浦东新区世纪大道 100 号 B1 层 12 铺',
    hours: '08:30–21:00（周末 10:00 起）',
    phone: '021-5555 0103',
  },
  {
    slug: 'wukang',
    name: '武康路店',
    address: '上海市徐汇区武康路 378 号',
    hours: '10:00–21:00',
    phone: '021-5555 0104',
  },
] as const

export type ShopSlug = (typeof shops)[number]['slug']
