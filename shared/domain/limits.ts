/** Upper bounds on what may be sent or stored. Numbers that operators may change are settings, not limits. */
export const limits = {
  requestBodyBytes: 256 * 1024,
  pageSizeDefault: 20,
  pageSizeMax: 100,
  nameCharacters: 60,
  textCharacters: 2_000,
  reasonCharacters: 200,
  searchCharacters: 40,
  idempotencyKeyCharacters: 100,
  pointsMax: 1_000_000_000,
  stockMax: 10_000_000,
  orderItems: 10,
  quantityPerItem: 99,
  addressesPerMember: 20,
  skusPerGift: 20,
  picturesPerGift: 9,
  storesPerGift: 200,
} as const
