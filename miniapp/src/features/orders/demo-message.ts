import { useQuery } from '@tanstack/react-query'
import { send } from '../../platform/request'

/** The text message on the demo's phone. Only a demo server answers; everywhere else this is null. */
export const useDemoMessage = (phoneMasked: string, sentAt: number | null) =>
  useQuery({
    queryKey: ['demo', 'message', phoneMasked, sentAt],
    queryFn: async () => {
      const path = `/api/demo/messages/last?phoneMasked=${encodeURIComponent(phoneMasked)}`
      const answer = await send({ method: 'GET', path, retries: 0 }).catch(() => null)
      const text = (answer as { text?: unknown } | null)?.text
      return typeof text === 'string' ? text : null
    },
    enabled: process.env.TARO_ENV === 'h5' && sentAt !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
