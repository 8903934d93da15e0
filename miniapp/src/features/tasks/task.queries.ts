import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { BodyOf, ResponseOf } from '#shared/contracts/index'
import { ApiError } from '../../platform/api-error'
import { AttemptKey } from '../../platform/idempotency-key'
import { queryClient } from '../../platform/query-client'
import { api } from '../../platform/request'
import { useIsSignedIn } from '../../platform/session'

export type TaskList = ResponseOf<'GET /api/member/tasks'>
export type TaskSummary = TaskList['items'][number]
export type TaskDetail = ResponseOf<'GET /api/member/tasks/:id'>
export type TaskQuestion = NonNullable<TaskDetail['questions']>[number]
export type Submitted = ResponseOf<'POST /api/member/tasks/:id/submissions'>
export type Submission = BodyOf<'POST /api/member/tasks/:id/submissions'>

const listKey = ['member', 'tasks', 'list'] as const
const readList = () => api('GET /api/member/tasks')

/** What the task centre asks for. */
export const taskListRead = { queryKey: listKey, queryFn: readList }

export const useTasks = () => {
  const isSignedIn = useIsSignedIn()
  return useQuery({ ...taskListRead, enabled: isSignedIn })
}

/** One task with what doing it takes; read anew whenever it is opened, for profile and tries change elsewhere. */
export const useTask = (id: string) => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'tasks', 'detail', id],
    queryFn: () => api('GET /api/member/tasks/:id', { params: { id } }),
    enabled: isSignedIn && id !== '',
    staleTime: 0,
  })
}

/** Sends a submission once: a try after a lost answer carries the same key. */
export function useSubmitTask(id: string) {
  const attemptRef = useRef(new AttemptKey())
  return useMutation({
    mutationFn: async (body: Submission) => {
      const idempotencyKey = await attemptRef.current.keyFor(body)
      return api('POST /api/member/tasks/:id/submissions', { params: { id }, body, idempotencyKey })
    },
    onSuccess: () => {
      attemptRef.current.settle()
      void queryClient.invalidateQueries({ queryKey: ['member'] })
    },
    onError: (error) => {
      if (error instanceof ApiError && error.isUndecided) return
      attemptRef.current.settle()
      // Whoever asks whether he follows yet asks often; nothing has changed by that.
      if (!(error instanceof ApiError && error.code === 'task.not_proven'))
        void queryClient.invalidateQueries({ queryKey: ['member', 'tasks'] })
    },
  })
}
