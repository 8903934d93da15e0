import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { BodyOf } from '#shared/contracts/index'
import { ApiError } from '../../platform/api-error'
import { AttemptKey } from '../../platform/idempotency-key'
import { choosePhotos, uploadPhoto } from '../../platform/photos'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn, useSession } from '../../platform/session'
import { forgetMember } from './member.queries'

export type ProfileChange = BodyOf<'POST /api/member/me/profile'>

const rereadMe = () => queryClient.invalidateQueries({ queryKey: ['member', 'me'] })

/** Changes what the member says of himself; what is not named stays. */
export const useUpdateProfile = () =>
  useMutation({
    mutationFn: (body: ProfileChange) => api('POST /api/member/me/profile', { body }),
    onSettled: rereadMe,
  })

/**
 * Lets the member choose a picture and shows it as their own. Resolves to false when they thought better of it. One that could
 * not be sent is kept for the next try.
 */
export function useChangeAvatar() {
  const unsentRef = useRef<string | undefined>(undefined)
  const cancelRef = useRef<AbortController | null>(null)
  const change = useMutation({
    mutationFn: async () => {
      const path = unsentRef.current ?? (await choosePhotos(1))[0]
      if (!path) return false
      unsentRef.current = path
      const cancel = new AbortController()
      cancelRef.current = cancel
      try {
        const avatarUploadId = await uploadPhoto(path, cancel.signal)
        if (cancel.signal.aborted) return false
        await api('POST /api/member/me/profile', { body: { avatarUploadId } })
      } catch (error) {
        if (cancel.signal.aborted) return false
        // A picture that was refused would be refused again.
        if (!(error instanceof ApiError && error.isUndecided)) unsentRef.current = undefined
        throw error
      }
      unsentRef.current = undefined
      return true
    },
    onSettled: rereadMe,
  })
  /** Sends no further, and forgets the picture: the next tap chooses another. A browser may never tell that nothing was chosen. */
  const cancel = () => {
    unsentRef.current = undefined
    cancelRef.current?.abort()
    change.reset()
  }
  return { ...change, cancel }
}

/** Binds the phone number behind a code of WeChat's button. */
export const useBindPhone = () =>
  useMutation({
    mutationFn: (code: string) => api('POST /api/member/me/phone', { body: { code } }),
    onSettled: () => queryClient.invalidateQueries(),
  })

/** What closing the account would take away, and what keeps it open. */
export const useClosing = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'closing'],
    queryFn: () => api('GET /api/member/me/closing'),
    enabled: isSignedIn,
    staleTime: 0,
  })
}

/** Takes the consent back; the server has signed this phone out then. */
export const useWithdrawConsent = () =>
  useMutation({
    mutationFn: () => api('DELETE /api/member/me/consent', { retries: 0 }),
    onSuccess: forgetMember,
  })

/**
 * Closes the account once: a try after a lost answer carries the same key. A try that finds the token ended tells that the
 * one before it was heard.
 */
export function useCloseAccount() {
  const attemptRef = useRef(new AttemptKey())
  const isUndecidedRef = useRef(false)
  return useMutation({
    mutationFn: async () => {
      const body = { isUnderstood: true } as const
      const idempotencyKey = await attemptRef.current.keyFor(body)
      try {
        await api('POST /api/member/me/close', { body, idempotencyKey, retries: 0 })
      } catch (error) {
        if (isUndecidedRef.current && !useSession.getState().member) return
        isUndecidedRef.current = error instanceof ApiError && error.isUndecided
        throw error
      }
    },
    onSuccess: () => {
      attemptRef.current.settle()
      forgetMember()
    },
  })
}
