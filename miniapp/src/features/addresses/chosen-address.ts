import { create } from 'zustand'
import { onSessionEnd } from '../../platform/session'
import type { Address } from './address.queries'

/** The address picked for the order that is being confirmed; without one the default address is used. */
export const useChosenAddress = create<{ id: string | null }>()(() => ({ id: null }))

onSessionEnd((role) => {
  if (role === 'member') useChosenAddress.setState({ id: null })
})

/** The chosen address, else the default one, else the first. */
export function addressInUse(addresses: readonly Address[], chosenId: string | null): Address | null {
  return (
    addresses.find(({ id }) => id === chosenId) ??
    addresses.find(({ isDefault }) => isDefault) ??
    addresses[0] ??
    null
  )
}
