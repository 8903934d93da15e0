import type { ApiError } from '../../platform/api-error'

export interface UsedCode {
  staffName: string
  storeName: string
  redeemedAt: string
}

/** Who used the code before, when and where; null when the answer does not say. */
export function usedCodeOf(error: ApiError): UsedCode | null {
  if (error.code !== 'redemption.already_used') return null
  const details = error.details as Partial<UsedCode> | undefined
  if (!details?.staffName || !details.storeName || !details.redeemedAt) return null
  return { staffName: details.staffName, storeName: details.storeName, redeemedAt: details.redeemedAt }
}
