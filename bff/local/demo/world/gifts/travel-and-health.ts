import type { WorldGift } from '../gift'

export const travelAndHealth: readonly WorldGift[] = [
  {
    slug: 'travel-flask',
    handOver: 'delivery',
    pricePoints: 3_280,
    marketPriceYuan: 149,
    stock: 30,
    summary: '480 毫升，早上泡的茶到晚上还烫口。单手开合，倒着也不漏。',
    description:
      '316 不锈钢内胆，双层真空，95 度热水 12 小时后仍有 58 度以上。\n内附茶漏，拧下来就是杯盖。松针绿粉末喷涂，不怕刮。',
    perMemberLimit: 2,
    redemptions: 4,
  },
  {
    slug: 'folding-umbrella',
    handOver: 'delivery',
    pricePoints: 2_280,
    marketPriceYuan: 109,
    stock: 35,
    summary: '晴天挡太阳，雨天挡雨，都只有一支手机重。',
    description:
      '碳纤维伞骨，全伞 198 克，收起 22 厘米。\n黑胶涂层 UPF50+，伞面遇水一抖就干。八骨，八级风不翻。',
    redemptions: 3,
  },
  {
    slug: 'passport-holder',
    handOver: 'delivery',
    pricePoints: 2_980,
    marketPriceYuan: 139,
    stock: 18,
    summary: '植鞣牛皮，越用越亮。护照夹和行李牌一套，可以压上名字。',
    description:
      '意大利植鞣牛皮，手缝蜡线。护照夹内有三个卡位和一个登机牌位；行李牌附备用皮带。\n下单后门店会联系你确认压印的字，最多 8 个字母。',
    addedDaysAgo: 8,
    redemptions: 1,
  },
  {
    slug: 'packing-cubes',
    handOver: 'delivery',
    pricePoints: 2_480,
    marketPriceYuan: 99,
    stock: 40,
    summary: '大中小三只，行李箱从此有抽屉。轻得可以忘了它们。',
    description:
      '210D 防撕裂面料，三只合计 186 克。正面网纱看得见里面，双向拉链。\n尺寸：40 × 30、30 × 22、22 × 16 厘米，厚 10 厘米。',
    redemptions: 2,
  },
  {
    slug: 'yoga-mat',
    handOver: 'delivery',
    pricePoints: 5_680,
    marketPriceYuan: 219,
    stock: 0,
    skus: [
      { name: '松针绿', stock: 12 },
      { name: '暮山紫', stock: 10 },
      { name: '燕麦', stock: 3 },
    ],
    summary: '天然橡胶，出汗也抓得住。正面有对位线，放平就不卷边。',
    description:
      '183 × 68 厘米，厚 4 毫米，重 2.4 公斤。\n底层天然橡胶，面层 PU，吸汗防滑；附一条棉绑带。\n第一次用会有橡胶味，通风两三天即散。请避免暴晒。',
    perMemberLimit: 1,
    redemptions: 2,
  },
  {
    slug: 'jump-rope',
    handOver: 'delivery',
    pricePoints: 880,
    marketPriceYuan: 45,
    stock: 50,
    summary: '榉木柄握久了会润，轴承转得又顺又静。每天五百下。',
    description: '双轴承不绕绳，绳长 3 米可裁，柄长 17 厘米。\n钢丝绳外包硅胶，打到腿也不疼。',
    redemptions: 3,
  },
  {
    slug: 'neck-pillow',
    handOver: 'delivery',
    pricePoints: 4_980,
    marketPriceYuan: 199,
    stock: 6,
    summary: '头一放下去，慢慢陷住。高低两侧，仰睡侧睡各有位置。',
    description:
      '慢回弹记忆棉，密度 55，两侧高 8 与 10 厘米。\n枕套为天丝针织，可拆洗。60 × 36 厘米，重约 1.1 公斤。',
    addedDaysAgo: 5,
    redemptions: 1,
  },
]
