import type { WorldGift } from '../gift'

export const digitalAndHome: readonly WorldGift[] = [
  {
    slug: 'wireless-earbuds',
    handOver: 'delivery',
    pricePoints: 12_000,
    marketPriceYuan: 399,
    stock: 20,
    summary: '云一样轻的白，戴上像什么都没戴。主动降噪，一次充电听六小时。',
    description:
      '单耳 4.2 克，入耳处是亲肤硅胶，附大中小三副耳帽。\n主动降噪最深 42 分贝，通勤路上把人声和车声都关在外面；轻点两下切换通透模式。\n充电盒可再充四次，合计约 30 小时。支持双设备同时连接。\n\n包装内：耳机一副、充电盒、Type-C 线、三副耳帽、说明书。',
    terms:
      '1. 本礼品需要审核，审核期间积分冻结，1 个工作日内有结果。\n2. 每人限换 1 副；未通过审核积分全部退回。\n3. 享一年质保，凭订单号联系门店。',
    perMemberLimit: 1,
    needsReview: true,
    redemptions: 0,
  },
  {
    slug: 'power-bank',
    handOver: 'delivery',
    pricePoints: 4_680,
    marketPriceYuan: 159,
    stock: 40,
    summary: '一张卡片大小，贴上就充。5000 毫安时，够手机回一次满。',
    description:
      '磁吸对位，贴稳即充，走路也不掉。机身厚 8.6 毫米，松针绿磨砂表面不留指纹。\n无线最大 15 W，有线最大 20 W，可边充边放。\n已通过 3C 认证，可随身携带登机。',
    perMemberLimit: 2,
    redemptions: 3,
  },
  {
    slug: 'desk-lamp',
    handOver: 'delivery',
    pricePoints: 6_980,
    marketPriceYuan: 249,
    stock: 25,
    summary: '三节折臂，光落在你要看的那一行。四档色温，夜读不刺眼。',
    description:
      '灯臂三节可折，收起来只占一本书的位置。\n显色指数 95，照度均匀，无可视频闪；2700 K 到 5000 K 四档色温，触摸调光并记住上次的亮度。\n底座可给手机供电。整机功率 9 W。',
    perMemberLimit: 1,
    redemptions: 2,
  },
  {
    slug: 'ceramic-mug',
    handOver: 'pickup',
    pricePoints: 1_680,
    marketPriceYuan: 88,
    stock: 0,
    stockByShop: { jingan: 24, xuhui: 6, lujiazui: 30, wukang: 0 },
    summary: '景德镇手作，雾白釉面有细细的开片。握在手里，刚好一盏茶的温度。',
    description:
      '泥坯手拉，素烧后施雾白釉，1280 度还原焰烧成。每一只的釉色深浅都不同，底款有匠人的印记。\n容量约 280 毫升，可进微波炉与洗碗机。',
    terms:
      '1. 手工制品，釉色与尺寸略有差异。\n2. 兑换后 14 天内到店领取，过期自动取消，积分退回。\n3. 请当面检查是否完好。',
    perMemberLimit: 2,
    redemptions: 8,
  },
  {
    slug: 'scented-candle',
    handOver: 'delivery',
    pricePoints: 2_180,
    marketPriceYuan: 98,
    stock: 50,
    summary: '雨停了，松林里有泥土和针叶的味道。点上它，屋子就在山里。',
    description:
      '前调是雨水与青苔，中调松针、雪松，尾调一点湿土与琥珀。\n大豆蜡与棉芯，净含量 180 克，约可燃 40 小时。第一次请燃到表面全部融化再熄。\n陶杯用完可以种一株小植物。',
    redemptions: 4,
  },
  {
    slug: 'throw-blanket',
    handOver: 'delivery',
    pricePoints: 7_680,
    marketPriceYuan: 299,
    stock: 6,
    summary: '远山的颜色织进羊毛里。午睡、看书、露台吹风，都刚刚好。',
    description:
      '60% 羊毛、40% 再生纤维，130 × 170 厘米，重约 850 克。\n双面提花，一面是深松绿的远山，一面是燕麦白；四边流苏手工打结。\n建议干洗，或用羊毛洗涤剂冷水轻柔洗。',
    perMemberLimit: 1,
    redemptions: 2,
  },
]
