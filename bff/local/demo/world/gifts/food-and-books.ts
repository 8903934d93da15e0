import type { WorldGift } from '../gift'

export const foodAndBooks: readonly WorldGift[] = [
  {
    slug: 'mountain-oolong',
    handOver: 'pickup',
    pricePoints: 1_880,
    marketPriceYuan: 96,
    stock: 48,
    summary: '海拔 1600 米的春茶，兰花香，回甘慢慢来。一罐 75 克。',
    description:
      '手采一心二叶，轻发酵、轻焙火。汤色蜜绿，前段是兰花香，第三泡以后有熟果的甜。\n建议 95 度水，5 克茶 120 毫升，首泡 45 秒，可泡七次。\n保质期 24 个月，罐身日期为装罐日。',
    redemptions: 4,
  },
  {
    slug: 'drink-voucher-20',
    handOver: 'pickup',
    pricePoints: 600,
    marketPriceYuan: 20,
    stock: 200,
    summary: '到店任选一杯，抵 20 元。四家店通用，今天下午就可以用。',
    description:
      '到店出示兑换码，由店员核销后点单，现制饮品抵 20 元。\n推荐：桂花乌龙拿铁、松针气泡茶、厚椰冷萃。',
    terms:
      '1. 一单一券，不找零，不与其他优惠同享。\n2. 兑换后 14 天内有效，过期自动取消，积分退回。\n3. 每人最多换 5 张。',
    perMemberLimit: 5,
    redemptions: 12,
  },
  {
    slug: 'e-gift-card-50',
    handOver: 'virtual',
    pricePoints: 1_500,
    marketPriceYuan: 50,
    stock: 80,
    summary: '换完马上到手的一张卡。四家店通用，也可以转赠朋友。',
    description:
      '兑换后在订单里查看卡号与卡密，点单时报给店员即可抵 50 元。\n不用预约，不用等快递，今天就能用。',
    terms:
      '1. 兑换即发放，发放后不能取消或退换。\n2. 卡密请勿告诉他人，遗失不补。\n3. 每人最多换 3 张，有效期见卡面。',
    perMemberLimit: 3,
    redemptions: 4,
  },
  {
    slug: 'coffee-beans',
    handOver: 'pickup',
    pricePoints: 1_480,
    marketPriceYuan: 78,
    stock: 0,
    stockByShop: { jingan: 8, wukang: 0 },
    summary: '云南孟连的水洗豆，中度烘焙。红糖、坚果和一点点柑橘。',
    description:
      '产区孟连，海拔 1450 米，卡蒂姆水洗处理，200 克。\n每周三烘焙，到店领取的是两周内的豆子，店里可以免费帮你研磨。',
    terms:
      '1. 只在静安店与武康路店领取。\n2. 兑换后 14 天内到店，过期自动取消，积分退回。\n3. 需要研磨请告诉店员器具。',
    redemptions: 5,
  },
  {
    slug: 'mooncake-box',
    handOver: 'delivery',
    pricePoints: 2_680,
    marketPriceYuan: 138,
    stock: 9,
    summary: '六枚酥饼六种馅：桂花、陈皮、乌龙、黑芝麻、椒盐、玫瑰。',
    description:
      '苏式酥皮，当天和馅当天烤，六枚独立包装，每枚 55 克。\n盒子是可以留下来放茶的纸胎漆盒。\n保质期 20 天，请尽快食用。含小麦、芝麻、坚果。',
    perMemberLimit: 2,
    redemptions: 6,
  },
  {
    slug: 'notebook-and-pen',
    handOver: 'delivery',
    pricePoints: 1_380,
    marketPriceYuan: 72,
    stock: 60,
    summary: '亚麻布面，道林纸，配一支会慢慢变色的黄铜笔。',
    description:
      '线装可平摊，192 页 100 克道林纸，内页点阵。\n黄铜笔身不镀层，用久了会有自己的颜色；笔芯为通用 G2。',
    redemptions: 3,
  },
  {
    slug: 'vinyl-record',
    handOver: 'delivery',
    pricePoints: 3_680,
    marketPriceYuan: 188,
    stock: 5,
    summary: '《山间来信》，七首在山里录的曲子。限量压制，换完为止。',
    description: '180 克黑胶，33 转，A 面四首、B 面三首，录音里有溪水和鸟。\n附双面歌词页与一张明信片。',
    perMemberLimit: 1,
    redemptions: 5,
  },
]
