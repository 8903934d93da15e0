import { useMutation } from '@tanstack/react-query'
import type { BodyOf } from '#shared/contracts/index'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import type { CheckIns } from './check-in.queries'

/** Switches the reminder, shown at the tap and put back when it fails. */
export function useReminder() {
  const show = (reminder: Partial<CheckIns['reminder']>) =>
    queryClient.setQueriesData<CheckIns>(
      { queryKey: ['member', 'check-ins'] },
      (shown) => shown && { ...shown, reminder: { ...shown.reminder, ...reminder } },
    )
  return useMutation({
    mutationFn: (body: BodyOf<'PUT /api/member/check-ins/reminder'>) =>
      api('PUT /api/member/check-ins/reminder', { body }),
    onMutate: ({ isOn }) => {
      show({ isOn })
    },
    onSuccess: show,
    onError: () => queryClient.invalidateQueries({ queryKey: ['member', 'check-ins'] }),
  })
}
