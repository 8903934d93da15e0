import { useMutation, useQuery } from '@tanstack/react-query'
import type { BodyOf, ResponseOf } from '#shared/contracts/index'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type Address = ResponseOf<'GET /api/member/addresses'>['items'][number]
export type AddressInput = BodyOf<'POST /api/member/addresses'>

const queryKey = ['member', 'addresses']

/** The address book, the default one first. */
export const useAddresses = (isEnabled = true) => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey,
    queryFn: () => api('GET /api/member/addresses'),
    enabled: isSignedIn && isEnabled,
  })
}

const reread = () => queryClient.invalidateQueries({ queryKey })

/** Saves an address, new without an id. */
export const useSaveAddress = (id: string | undefined) =>
  useMutation({
    mutationFn: (body: AddressInput) =>
      id === undefined
        ? api('POST /api/member/addresses', { body })
        : api('PUT /api/member/addresses/:id', { params: { id }, body }),
    onSuccess: reread,
  })

/** Removes an address; orders already placed keep their own copy. */
export const useRemoveAddress = (id: string) =>
  useMutation({
    mutationFn: () => api('DELETE /api/member/addresses/:id', { params: { id } }),
    onSuccess: reread,
  })

/** `上海市 静安区 南京西路 1266 号`; a city that repeats its province is said once. */
export function addressLine(address: { region: readonly string[]; detail: string }): string {
  const region = address.region.filter((part, index) => index === 0 || part !== address.region[index - 1])
  return [...region, address.detail].join(' ')
}
