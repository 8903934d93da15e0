/** What a member can do on a page, and which refusals of the server belong to trying it out. */
export interface PageActions {
  /** Kinds that have to be tapped: a page that no longer shows one of them fails by name. */
  needed: readonly string[]
  refusals?: readonly string[]
}

const tabs = ['tab 首页', 'tab 礼品', 'tab 订单', 'tab 我的']

/** Every page of `everyPage`, by name. */
export const actionsOf: Readonly<Record<string, PageActions>> = {
  home: {
    needed: [
      ...tabs,
      'to-tier',
      'points',
      'check-in',
      'rain',
      'waiting',
      'affordable-all',
      'tile-*',
      'banner',
      'hot-all',
      'gift-*',
    ],
  },
  mall: {
    needed: [
      'search',
      'search-clear',
      'search-done',
      'category-all',
      'category-home',
      'affordable-only',
      'sort',
      'band',
      'choice-new',
      'choice-to-1000',
      'gift-*',
    ],
  },
  orders: {
    needed: [
      'tab-all',
      'tab-to_receive',
      'tab-to_pick_up',
      'tab-completed',
      'tab-after_sales',
      'order-*',
      'code-*',
      'confirm-*',
    ],
  },
  me: { needed: [] },
  points: { needed: [] },
  gift: {
    needed: [
      'wish',
      'choose-sku',
      'sku-*',
      'to-basket',
      'open-basket',
      'redeem',
      'sku-redeem',
      'choose-address',
      'confirm-redeem',
      'see-order',
      'go-on',
    ],
  },
  basket: { needed: [] },
  order: { needed: [] },
  code: { needed: [] },
  'after-sale': {
    needed: ['after-sale-reason', 'kind-damage', 'kind-loss', 'photo-add', 'after-sale-submit'],
  },
  'after-sale-status': { needed: [] },
  'after-sales': { needed: [] },
  calendar: { needed: [] },
  rain: { needed: [] },
  invite: { needed: [] },
  wishes: { needed: [] },
  tier: { needed: [] },
  addresses: { needed: [] },
  'address-edit': {
    needed: [
      'name',
      'phone',
      'detail',
      'region',
      'is-default',
      'save-address',
      'remove-address',
      'confirm-no',
      'confirm-yes',
    ],
  },
  'sign-in': { needed: [] },
  profile: { needed: ['profile-avatar'] },
  settings: { needed: [] },
  close: { needed: [] },
  help: { needed: [] },
  inbox: { needed: [] },
  tasks: { needed: [] },
  task: { needed: [] },
  'staff-desk': { needed: [] },
}
