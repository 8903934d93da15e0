/** The gifts of the demo brand 山川小满 by slug: what the seed data and the pictures both refer to. */
export const giftCatalogue = [
  { slug: 'wireless-earbuds', name: '真无线耳机 · 云白', categoryId: 'digital' },
  { slug: 'power-bank', name: '磁吸充电宝 5000mAh · 松针绿', categoryId: 'digital' },
  { slug: 'desk-lamp', name: '折臂阅读台灯', categoryId: 'digital' },
  { slug: 'ceramic-mug', name: '手作陶杯 · 雾白', categoryId: 'home' },
  { slug: 'scented-candle', name: '香薰蜡烛 · 雨后松林', categoryId: 'home' },
  { slug: 'throw-blanket', name: '羊毛盖毯 · 远山', categoryId: 'home' },
  { slug: 'canvas-tote', name: '帆布托特包', categoryId: 'fashion' },
  { slug: 'socks-gift-box', name: '四季棉袜礼盒 四双装', categoryId: 'fashion' },
  { slug: 'washed-cap', name: '水洗棒球帽 · 黛蓝', categoryId: 'fashion' },
  { slug: 'hand-cream', name: '白茶护手霜 50ml', categoryId: 'beauty' },
  { slug: 'soap-set', name: '冷制茶皂三块装', categoryId: 'beauty' },
  { slug: 'mountain-oolong', name: '高山乌龙 75g', categoryId: 'food' },
  { slug: 'drink-voucher-20', name: '20 元饮品券', categoryId: 'food' },
  { slug: 'e-gift-card-50', name: '50 元电子礼品卡', categoryId: 'food' },
  { slug: 'coffee-beans', name: '云南咖啡豆 200g · 中烘', categoryId: 'food' },
  { slug: 'mooncake-box', name: '山月酥饼礼盒 六枚装', categoryId: 'food' },
  { slug: 'notebook-and-pen', name: '布面笔记本与黄铜笔', categoryId: 'books' },
  { slug: 'vinyl-record', name: '黑胶唱片《山间来信》', categoryId: 'books' },
  { slug: 'travel-flask', name: '随行保温杯 480ml 松针绿', categoryId: 'travel' },
  { slug: 'folding-umbrella', name: '晴雨两用折叠伞', categoryId: 'travel' },
  { slug: 'passport-holder', name: '植鞣护照夹与行李牌', categoryId: 'travel' },
  { slug: 'packing-cubes', name: '旅行收纳袋三件套', categoryId: 'travel' },
  { slug: 'yoga-mat', name: '天然橡胶瑜伽垫', categoryId: 'health' },
  { slug: 'jump-rope', name: '轴承跳绳 · 榉木柄', categoryId: 'health' },
  { slug: 'neck-pillow', name: '慢回弹护颈枕', categoryId: 'health' },
] as const

export type GiftSlug = (typeof giftCatalogue)[number]['slug']
export type GiftCategoryId = (typeof giftCatalogue)[number]['categoryId']
