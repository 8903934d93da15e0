import type { Address, AddressInput } from './address.queries'

/** What is being typed; the region is empty until it is chosen. */
export interface AddressDraft {
  name: string
  phone: string
  region: string[]
  detail: string
  isDefault: boolean
}

export type AddressField = 'name' | 'phone' | 'region' | 'detail'

export const emptyDraft: AddressDraft = { name: '', phone: '', region: [], detail: '', isDefault: false }

export const draftOf = (address: Address): AddressDraft => ({ ...address, region: [...address.region] })

const phonePattern = /^1[3-9]\d{9}$/

/** The fields that cannot be sent as they are. */
export function invalidFields(draft: AddressDraft): AddressField[] {
  const fields: AddressField[] = []
  const name = draft.name.trim()
  const detail = draft.detail.trim()
  if (name.length === 0 || name.length > 20) fields.push('name')
  if (!phonePattern.test(draft.phone.trim())) fields.push('phone')
  if (draft.region.length !== 3 || draft.region.some((part) => part === '')) fields.push('region')
  if (detail.length === 0 || detail.length > 100) fields.push('detail')
  return fields
}

/** The draft as the API takes it. Only for a draft without invalid fields. */
export const inputOf = (draft: AddressDraft): AddressInput => {
  const [province = '', city = '', district = ''] = draft.region
  return {
    name: draft.name.trim(),
    phone: draft.phone.trim(),
    region: [province, city, district],
    detail: draft.detail.trim(),
    isDefault: draft.isDefault,
  }
}
