import type { HandOver, Tier } from '#shared/domain/enums'

const tiers: Record<Tier, string> = {
  regular: '普通会员',
  silver: '银卡会员',
  gold: '金卡会员',
  platinum: '铂金会员',
  diamond: '钻石会员',
}

const handOvers: Record<HandOver, string> = {
  delivery: '快递到家',
  pickup: '到店自取',
  virtual: '卡券，立即到账',
}

/** Words that every page shares. */
export const shell = {
  brand: '积礼',
  tiers,
  handOvers,
  common: {
    points: '积分',
    from: '起',
    all: '全部',
    back: '返回',
    close: '关闭',
    cancel: '取消',
    confirm: '确定',
    retry: '再试一次',
    loadingMore: '正在加载更多',
    noMore: '到底了',
    loadMore: '点这里，再看一些',
    moreFailed: '没有加载出来，点这里再试',
    copied: '已复制',
    copyFailed: '没能复制，请长按选择',
    clear: '清除',
    more: '更多',
    joiner: ' · ',
    list: '、',
  },
  errors: {
    title: '没有加载出来',
    offline: '网络连不上，请检查后再试',
    timeout: '等了很久没有回应，请再试一次',
    serverFailed: '服务出了点问题，请稍后再试',
    unreadable: '收到的内容看不懂，请稍后再试',
    unknown: '出了点问题，请再试一次',
    otherSession: '登录的人变了，请再试一次',
    requestId: (id: string) => `问题编号 ${id}`,
  },
  signInInvitation: {
    title: '登录后，积分和礼品都在这里',
    line: '注册即送积分，每天签到再攒一点',
    action: '登录',
  },
  picture: { missing: '暂无图片' },
  stepper: { less: '减少一件', more: '增加一件' },
} as const
