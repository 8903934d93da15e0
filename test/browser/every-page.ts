/** What the pages need to show something. */
export interface PageIds {
  giftId: string
  /** Any order of the member. */
  orderId: string
  /** One that waits in a store. */
  pickUpOrderId: string
  /** One for which an after-sale can be asked. */
  shippedOrderId: string
  afterSaleId: string
  /** A survey that the member has not answered. */
  taskId: string
  addressId: string
  /** A red-packet rain that runs. */
  rainId: string
}

export interface PageVisit {
  name: string
  /** As in app.config.ts. */
  path: string
  as: 'member' | 'staff' | 'visitor'
  query?: (ids: PageIds) => Record<string, string>
  /** An id that is there once the page has what it shows. */
  shows: string
}

/** Every page of the mini program, and how to see it with something on it. */
export const everyPage: readonly PageVisit[] = [
  { name: 'home', path: 'pages/home/index', as: 'member', shows: 'points-value' },
  { name: 'mall', path: 'pages/mall/index', as: 'member', shows: 'gifts' },
  { name: 'orders', path: 'pages/orders/index', as: 'member', shows: 'tab-all' },
  { name: 'me', path: 'pages/me/index', as: 'member', shows: 'nick' },
  { name: 'points', path: 'packages/points/entries/index', as: 'member', shows: 'filter-all' },
  {
    name: 'gift',
    path: 'packages/gift/detail/index',
    as: 'member',
    query: ({ giftId }) => ({ id: giftId }),
    shows: 'redeem',
  },
  { name: 'basket', path: 'packages/gift/basket/index', as: 'member', shows: 'basket-total' },
  {
    name: 'order',
    path: 'packages/order/detail/index',
    as: 'member',
    query: ({ orderId }) => ({ id: orderId }),
    shows: 'order-state',
  },
  {
    name: 'code',
    path: 'packages/order/code/index',
    as: 'member',
    query: ({ pickUpOrderId }) => ({ id: pickUpOrderId }),
    shows: 'code-digits',
  },
  {
    name: 'after-sale',
    path: 'packages/order/after-sale/index',
    as: 'member',
    query: ({ shippedOrderId }) => ({ id: shippedOrderId }),
    shows: 'after-sale-submit',
  },
  {
    name: 'after-sale-status',
    path: 'packages/order/after-sale-status/index',
    as: 'member',
    query: ({ afterSaleId }) => ({ id: afterSaleId }),
    shows: 'after-sale-state',
  },
  { name: 'after-sales', path: 'packages/order/after-sale-list/index', as: 'member', shows: 'after-sales' },
  { name: 'calendar', path: 'packages/check-in/calendar/index', as: 'member', shows: 'streak-days' },
  {
    name: 'rain',
    path: 'packages/play/rain/index',
    as: 'member',
    query: ({ rainId }) => ({ id: rainId }),
    shows: 'rain-open',
  },
  { name: 'invite', path: 'packages/member/invite/index', as: 'member', shows: 'invite-code' },
  { name: 'wishes', path: 'packages/member/wishes/index', as: 'member', shows: 'wishes' },
  { name: 'tier', path: 'packages/member/tier/index', as: 'member', shows: 'tier-name' },
  { name: 'addresses', path: 'packages/address/list/index', as: 'member', shows: 'add-address' },
  {
    name: 'address-edit',
    path: 'packages/address/edit/index',
    as: 'member',
    query: ({ addressId }) => ({ id: addressId }),
    shows: 'save-address',
  },
  { name: 'sign-in', path: 'packages/member/sign-in/index', as: 'visitor', shows: 'consent' },
  { name: 'profile', path: 'packages/member/profile/index', as: 'member', shows: 'save-profile' },
  { name: 'settings', path: 'packages/member/settings/index', as: 'member', shows: 'settings-sign-out' },
  { name: 'close', path: 'packages/member/close/index', as: 'member', shows: 'close' },
  { name: 'help', path: 'packages/member/help/index', as: 'member', shows: 'help' },
  { name: 'inbox', path: 'packages/member/inbox/index', as: 'member', shows: 'read-all' },
  { name: 'tasks', path: 'packages/task/list/index', as: 'member', shows: 'task-summary' },
  {
    name: 'task',
    path: 'packages/task/detail/index',
    as: 'member',
    query: ({ taskId }) => ({ id: taskId }),
    shows: 'task-submit',
  },
  { name: 'staff-desk', path: 'packages/staff/desk/index', as: 'staff', shows: 'desk-store' },
]

/** Where a page is on H5. */
export function addressOf({ path, query }: PageVisit, ids: PageIds): string {
  const pairs = new URLSearchParams(query?.(ids))
  return `/#/${path}${pairs.size > 0 ? `?${pairs}` : ''}`
}
