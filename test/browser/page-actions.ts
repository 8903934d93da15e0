/** What a member can do on a page, and which refusals of the server belong to trying it out. */
export interface PageActions {
  /** Kinds that have to be tapped: a page that no longer shows one of them fails by name. */
  needed: readonly string[]
  refusals?: readonly string[]
}

/** The pages that are walked, by their names in `everyPage`. */
export const actionsOf: Readonly<Record<string, PageActions>> = {
  mall: {
    needed: [
      'search',
      'search-clear',
      'search-done',
      'category-all',
      'category-home',
      'affordable-only',
      'sort',
      'choice-hot',
      'choice-new',
      'choice-price_asc',
      'choice-price_desc',
      'band',
      'choice-any',
      'choice-to-1000',
      'choice-over-6000',
      'gift-*',
    ],
  },
  points: {
    needed: [
      'filter-all',
      'filter-earned',
      'filter-used',
      'filter-frozen',
      'filter-returned',
      'filter-expired',
      'statement-*',
      'entry-*',
    ],
  },
  gift: {
    needed: [
      'wish',
      'choose-sku',
      'sku-*',
      'to-basket',
      'open-basket',
      'quantity-more',
      'terms',
      'redeem',
      'sku-redeem',
      'choose-address',
      'confirm-redeem',
      'see-order',
      'go-on',
    ],
  },
  'after-sale': {
    needed: [
      'after-sale-reason',
      'kind-cancel',
      'kind-return',
      'kind-exchange',
      'kind-damage',
      'kind-loss',
      'photo-add',
      'photo-remove-0',
      'after-sale-submit',
    ],
  },
  'address-edit': {
    needed: [
      'name',
      'phone',
      'detail',
      'region',
      'use-district',
      'is-default',
      'save-address',
      'remove-address',
      'confirm-no',
      'confirm-yes',
    ],
  },
  profile: { needed: ['nick-input', 'profile-avatar', 'birthday'] },
  settings: {
    needed: [
      'topic-points',
      'topic-wishes',
      'read-agreement',
      'read-privacy',
      'withdraw-consent',
      'to-close',
      'settings-sign-out',
      'confirm-no',
      'confirm-yes',
    ],
  },
  close: { needed: ['closing-understood', 'close-account'] },
  help: { needed: ['help-*'] },
}

/** Pages whose actions nobody walks yet: each needs its list above. */
export const notWalked: readonly string[] = [
  'home',
  'orders',
  'me',
  'basket',
  'order',
  'code',
  'after-sale-status',
  'after-sales',
  'calendar',
  'rain',
  'invite',
  'wishes',
  'tier',
  'addresses',
  'sign-in',
  'inbox',
  'tasks',
  'task',
  'staff-desk',
]
