import type { Tier } from '#shared/domain/enums'

export interface WorldMember {
  /** The openid; `demo-<id>` signs in. */
  id: string
  nick: string
  /** `avatar-<name>.webp`; some people never choose one. */
  avatar: string | null
  tier: Tier
  joinedDaysAgo: number
  /** Chance of a check-in on a day, for those whose days are not written down. */
  checkInChance: number
  /** Receives parcels. */
  name: string
  phone: string
  district: string
  street: string
  /** Shown where the demo offers whom to be. */
  note?: string
}

type Row = readonly [
  id: string,
  nick: string,
  avatar: string | null,
  tier: Tier,
  joinedDaysAgo: number,
  checkInChance: number,
  name: string,
  district: string,
  street: string,
  note?: string,
]

const rows: readonly Row[] = [
  [
    'xiaoman',
    '小满',
    'tea-bowl',
    'gold',
    45,
    0,
    '夏小满',
    '静安区',
    '愚园路 600 弄 21 号 302 室',
    '一万多积分，有一件礼品待领取',
  ],
  [
    'ashu',
    '阿树',
    'potted-sprout',
    'silver',
    45,
    0.39,
    '陈树',
    '徐汇区',
    '湖南路 112 号 4 楼',
    '常来换家居好物，有包裹在路上',
  ],
  [
    'zhouye',
    '周野',
    'far-hills',
    'diamond',
    44,
    0.49,
    '周野',
    '浦东新区',
    '花园石桥路 66 弄 3 号 1801 室',
    '最早的会员，耳机正在审核',
  ],
  [
    'tangtang',
    '糖糖',
    'white-cat',
    'platinum',
    44,
    0.95,
    '唐棠',
    '长宁区',
    '番禺路 381 号 6 号楼 502 室',
    '几乎天天签到',
  ],
  [
    'yuanyuan',
    '圆圆圆',
    'long-rabbit',
    'regular',
    1,
    0,
    '袁圆',
    '黄浦区',
    '思南路 58 号',
    '昨天刚加入，只有新会员礼',
  ],
  ['laogu', '老顾', 'shiba-dog', 'gold', 43, 0.55, '顾建国', '静安区', '陕西北路 470 弄 9 号'],
  ['momo', '墨墨', 'sleepy-owl', 'silver', 43, 0.5, '莫雨', '普陀区', '长寿路 652 号 1105 室'],
  ['beibei', '贝贝不加糖', 'brown-bear', 'regular', 42, 0.35, '贝宁', '闵行区', '七莘路 1839 号 2 号楼'],
  ['luo', '洛洛', 'white-cat', 'gold', 41, 0.65, '罗依', '徐汇区', '天平路 320 弄 5 号'],
  ['chaye', '一片茶叶', 'tea-bowl', 'platinum', 40, 0.7, '叶茗', '杨浦区', '大学路 88 号 701 室'],
  ['jiang', '江南有雨', 'far-hills', 'silver', 38, 0.45, '江雨晴', '虹口区', '溧阳路 1156 弄 11 号'],
  ['dou', '豆豆妈', 'long-rabbit', 'gold', 36, 0.5, '窦敏', '浦东新区', '丁香路 858 弄 7 号 903 室'],
  ['nan', '南风知我意', 'potted-sprout', 'regular', 33, 0.3, '南希文', '长宁区', '新华路 211 弄 2 号'],
  ['ke', '可可', 'shiba-dog', 'silver', 30, 0.55, '柯可', '静安区', '康定路 1050 弄 16 号'],
  ['shan', '山间一日', 'sleepy-owl', 'regular', 27, 0.4, '单逸', '徐汇区', '衡山路 534 号 1203 室'],
  ['mu', '木子李', null, 'regular', 24, 0.35, '李沐', '宝山区', '牡丹江路 1599 号 3 号楼'],
  ['xingxing', '星星睡着了', 'brown-bear', 'silver', 20, 0.6, '邢昕', '黄浦区', '复兴中路 505 号 804 室'],
  ['he', '何以解忧', null, 'regular', 15, 0.3, '何优', '浦东新区', '张杨路 560 号'],
  ['pingping', '平平安安', null, 'regular', 9, 0.5, '平安', '松江区', '人民北路 1799 号'],
  ['wan', '晚来天欲雪', null, 'regular', 4, 0.7, '万雪', '杨浦区', '国定路 335 号 2 号楼'],
]

export const members: readonly WorldMember[] = rows.map(
  ([id, nick, avatar, tier, joinedDaysAgo, checkInChance, name, district, street, note], index) => ({
    id,
    nick,
    avatar,
    tier,
    joinedDaysAgo,
    checkInChance,
    name,
    phone: `138${String(1_380_000 + index * 37).padStart(8, '0')}`,
    district,
    street,
    note,
  }),
)

/** Available points of the main member once the history has been played. */
export const xiaomanAvailablePoints = 12_480
