import { queryOptions, useQuery } from '@tanstack/react-query'
import Taro from '@tarojs/taro'
import type { ResponseOf } from '#shared/contracts/index'
import { forgetInvite, inviteOfThisPhone } from '../../platform/invite'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn, useSession } from '../../platform/session'

export type Me = ResponseOf<'GET /api/member/me'>

export const consentVersion = '2026-01'

export const meQuery = queryOptions({
  queryKey: ['member', 'me'],
  queryFn: () => api('GET /api/member/me'),
})

/** The member's profile, tier, balance and unread messages; asks nothing before signing in. */
export const useMe = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({ ...meQuery, enabled: isSignedIn })
}

/** Signs a member in with a code of the platform. @throws ApiError `auth.wechat_code_invalid` and others */
export async function signInMember(code: string): Promise<ResponseOf<'POST /api/member/session'>> {
  const body = { code, consentVersion, ...inviteOfThisPhone() }
  const answer = await api('POST /api/member/session', { body })
  forgetInvite()
  useSession.getState().signIn('member', answer)
  // What a visitor read is read again: it says what this member may do.
  void queryClient.resetQueries()
  return answer
}

/** The platform's one-time code of this WeChat account. */
export async function wechatCode(): Promise<string> {
  const { code } = await Taro.login()
  return code
}

/** Forgets the token here and, when it can be reached, on the server. */
export async function signOutMember(): Promise<void> {
  await api('DELETE /api/member/session', { retries: 0 }).catch(() => undefined)
  forgetMember()
}

/** Forgets the token, and with it all that is the member's, on this phone only. */
export const forgetMember = (): void => useSession.getState().signOut('member')
