import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { queryClient } from '../../../miniapp/src/platform/query-client'
import { useSession } from '../../../miniapp/src/platform/session'
import { platform } from '../stubs/taro'

/** Renders with the app's own query client, after forgetting what tests before have read. */
export function renderInApp(element: ReactElement) {
  return render(<QueryClientProvider client={queryClient}>{element}</QueryClientProvider>)
}

/** A new phone on which the given roles are signed in. */
export function freshPhone(...roles: ('member' | 'staff')[]): void {
  platform.reset()
  queryClient.clear()
  const { signIn, signOut } = useSession.getState()
  signOut('member')
  signOut('staff')
  for (const role of roles) signIn(role, { token: `${role}-token`, expiresAt: '2099-01-01T00:00:00.000Z' })
}
