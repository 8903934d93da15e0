import type { WorldGift } from '../gift'

export const fashionAndBeauty: readonly WorldGift[] = [
  {
    slug: 'canvas-tote',
    handOver: 'delivery',
    pricePoints: 1_280,
    marketPriceYuan: 69,
    stock: 0,
    skus: [
      { name: '米白', stock: 40 },
      { name: '松绿', stock: 30 },
      { name: '炭黑', stock: 6 },
    ],
    summary: '厚帆布，能装一棵白菜也能装一台电脑。三个颜色，越洗越软。',
    description:
      '16 安棉帆布，双层加固提手，内有一个拉链袋和钥匙扣。\n38 × 36 × 12 厘米，可放 15 英寸电脑。\n正面是小满的叶标，水浆印花，不裂不掉。冷水手洗，自然晾干。',
    perMemberLimit: 3,
    redemptions: 6,
  },
  {
    slug: 'socks-gift-box',
    handOver: 'delivery',
    pricePoints: 1_180,
    marketPriceYuan: 59,
    stock: 45,
    summary: '春茶、夏荷、秋桂、冬雪，四双棉袜四个季节。送人自留都体面。',
    description:
      '80% 精梳棉，袜口不勒，脚尖手工对目缝合。\n均码，适合 35–43 码。四双装在一只牛皮纸抽屉盒里，附一张可以写字的卡片。',
    redemptions: 4,
  },
  {
    slug: 'washed-cap',
    handOver: 'delivery',
    pricePoints: 1_580,
    marketPriceYuan: 79,
    stock: 24,
    summary: '像戴了好几年一样软的棒球帽。黛蓝色，哪件外套都配。',
    description:
      '全棉水洗斜纹布，帽檐微弯，后面是可调的黄铜扣。\n帽围 55–60 厘米。左侧有一枚绣上去的小叶子。',
    addedDaysAgo: 11,
    redemptions: 2,
  },
  {
    slug: 'hand-cream',
    handOver: 'pickup',
    pricePoints: 300,
    marketPriceYuan: 49,
    stock: 30,
    summary: '限时：300 积分带走一支白茶护手霜。清清淡淡，抹开就不黏。',
    description:
      '白茶提取物与乳木果油，50 毫升，放得进任何一只口袋。\n香气很浅，靠近才闻得到；半分钟吸收，敲键盘不留印。',
    terms:
      '1. 限时限量，每人 1 支，换完为止。\n2. 兑换后 7 天内到店领取，过期自动取消，积分退回。\n3. 敏感肌请先在手腕内侧试用。',
    perMemberLimit: 1,
    pickUpValidDays: 7,
    addedDaysAgo: 3,
    isFlash: true,
    redemptions: 6,
  },
  {
    slug: 'soap-set',
    handOver: 'pickup',
    pricePoints: 980,
    marketPriceYuan: 58,
    stock: 36,
    summary: '龙井、乌龙、普洱，三块茶做的皂。冷制四十天，洗完有茶香。',
    description:
      '橄榄油、椰子油与茶粉，冷制法熟成四十天，不加色素。每块约 90 克，附一只竹皂托。\n开封后保持干燥，三个月内用完最好。',
    redemptions: 3,
  },
]
