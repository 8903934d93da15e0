import Taro from '@tarojs/taro'

/** Every page's path. */
export const paths = {
  home: '/pages/home/index',
  mall: '/pages/mall/index',
  orders: '/pages/orders/index',
  me: '/pages/me/index',
  pointsEntries: '/packages/points/entries/index',
  giftDetail: '/packages/gift/detail/index',
  basket: '/packages/gift/basket/index',
  orderDetail: '/packages/order/detail/index',
  orderCode: '/packages/order/code/index',
  afterSale: '/packages/order/after-sale/index',
  afterSaleStatus: '/packages/order/after-sale-status/index',
  afterSaleList: '/packages/order/after-sale-list/index',
  addressList: '/packages/address/list/index',
  addressEdit: '/packages/address/edit/index',
  signIn: '/packages/member/sign-in/index',
  profile: '/packages/member/profile/index',
  settings: '/packages/member/settings/index',
  closeAccount: '/packages/member/close/index',
  help: '/packages/member/help/index',
  checkInCalendar: '/packages/check-in/calendar/index',
  wishes: '/packages/member/wishes/index',
  invite: '/packages/member/invite/index',
  tier: '/packages/member/tier/index',
  inbox: '/packages/member/inbox/index',
  tasks: '/packages/task/list/index',
  taskDetail: '/packages/task/detail/index',
  rain: '/packages/play/rain/index',
  staffDesk: '/packages/staff/desk/index',
} as const

const withQuery = (path: string, query: Record<string, string | undefined>): string => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined)
  return pairs.length === 0
    ? path
    : `${path}?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}`
}

const open = (path: string, query: Record<string, string | undefined> = {}) => {
  void Taro.navigateTo({ url: withQuery(path, query) })
}

const openTab = (path: string) => {
  void Taro.switchTab({ url: path })
}

/** Where one can go, by name. */
export const go = {
  home: () => openTab(paths.home),
  mall: () => openTab(paths.mall),
  orders: () => openTab(paths.orders),
  me: () => openTab(paths.me),
  pointsEntries: () => open(paths.pointsEntries),
  gift: (id: string) => open(paths.giftDetail, { id }),
  basket: () => open(paths.basket),
  order: (id: string) => open(paths.orderDetail, { id }),
  orderCode: (id: string) => open(paths.orderCode, { id }),
  askAfterSale: (orderId: string) => open(paths.afterSale, { id: orderId }),
  afterSale: (id: string) => open(paths.afterSaleStatus, { id }),
  afterSales: () => open(paths.afterSaleList),
  /** What came of the form takes its place, so that going back does not ask again. */
  afterSaleInstead: (id: string) => {
    void Taro.redirectTo({ url: withQuery(paths.afterSaleStatus, { id }) })
  },
  addresses: () => open(paths.addressList),
  /** The address book, to choose from for the order being confirmed. */
  pickAddress: () => open(paths.addressList, { pick: 'true' }),
  editAddress: (id?: string) => open(paths.addressEdit, { id }),
  signIn: () => open(paths.signIn),
  signInStaff: () => open(paths.signIn, { role: 'staff' }),
  invite: () => open(paths.invite),
  profile: () => open(paths.profile),
  settings: () => open(paths.settings),
  closeAccount: () => open(paths.closeAccount),
  help: () => open(paths.help),
  checkInCalendar: () => open(paths.checkInCalendar),
  wishes: () => open(paths.wishes),
  tier: () => open(paths.tier),
  inbox: () => open(paths.inbox),
  tasks: () => open(paths.tasks),
  task: (id: string) => open(paths.taskDetail, { id }),
  rain: (id: string) => open(paths.rain, { id }),
  staffDesk: () => open(paths.staffDesk),
  /** The page before, or home when this page was opened directly. */
  back: () => {
    if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
    else openTab(paths.home)
  },
}

/** Opens the sign-in page unless it is already open. */
export function askToSignIn(role: 'member' | 'staff'): void {
  const current = Taro.getCurrentPages().at(-1)
  const route = String((current as { route?: string; path?: string } | undefined)?.route ?? '')
  if (route.includes('sign-in')) return
  if (role === 'staff') go.signInStaff()
  else go.signIn()
}
