import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { queryClient } from '../../../miniapp/src/platform/query-client'
import { useSession } from '../../../miniapp/src/platform/session'
import { platform, type SentRequest } from '../stubs/taro'

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

type Routes = Record<string, (request: SentRequest) => unknown>

const refusalMark = Symbol('refusal')

interface Refusal {
  [refusalMark]: { statusCode: number; data: unknown }
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && refusalMark in value

/** What a route answers when it refuses. */
export const refusal = (statusCode: number, code: string, message: string): unknown => ({
  [refusalMark]: { statusCode, data: { error: { code, message, requestId: 'request-1' } } },
})

/** Answers by method and path, the query left out: `{ 'GET /api/member/me': () => sampleMe() }`; else no network. */
export function serveRoutes(routes: Routes): void {
  platform.answer = async (request) => {
    const route = routes[`${request.method} ${request.url.split('?')[0]}`]
    if (!route) throw { errMsg: 'request:fail' }
    const value = await route(request)
    return isRefusal(value) ? value[refusalMark] : { statusCode: 200, data: value }
  }
}

/** How often something was asked for, the query left out. */
export const timesSent = (method: string, path: string): number =>
  platform.requests.filter((sent) => sent.method === method && sent.url.split('?')[0] === path).length

/** An answer that a test gives when it likes. */
export function pending<Value>() {
  let resolve: (value: Value) => void = () => undefined
  let reject: (failure: unknown) => void = () => undefined
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

/** The element with an id. @throws when it is not there */
export function byId(container: HTMLElement, id: string): HTMLElement {
  const found = container.querySelector<HTMLElement>(`#${id}`)
  if (!found) throw new Error(`There is no #${id} in: ${container.textContent}`)
  return found
}
