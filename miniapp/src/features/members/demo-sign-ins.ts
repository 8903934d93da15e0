import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { demoSignIns } from '#shared/contracts/demo'
import { send } from '../../platform/request'

export type DemoSignIns = z.output<typeof demoSignIns.response>

const isDemoSignIns = (answer: unknown): answer is DemoSignIns =>
  typeof answer === 'object' &&
  answer !== null &&
  Array.isArray((answer as DemoSignIns).members) &&
  Array.isArray((answer as DemoSignIns).staff)

/** The demo's people. Only a demo server answers; everywhere else this is null and the page offers nothing. */
export const useDemoSignIns = () =>
  useQuery({
    queryKey: ['demo', 'sign-ins'],
    queryFn: async () => {
      const answer = await send({ method: 'GET', path: '/api/demo/sign-ins', retries: 0 }).catch(() => null)
      return isDemoSignIns(answer) ? answer : null
    },
    enabled: process.env.TARO_ENV === 'h5',
    staleTime: Number.POSITIVE_INFINITY,
  })
