import { focusManager, onlineManager, QueryClient } from '@tanstack/react-query'
import Taro from '@tarojs/taro'
import { onSessionEnd, useSession } from './session'

/** Server state of the whole app. Retries are the request's business, so that there is one policy. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: 10_000, gcTime: 10 * 60_000 },
    mutations: { networkMode: 'always', retry: false },
  },
})

/** What was read belongs to whoever was signed in. What others see as well, such as gifts, says what this member may do. */
onSessionEnd((role) => {
  // Nobody is left to read it for; or somebody else is, and what is on the screen reads it anew for them.
  if (!useSession.getState()[role]) queryClient.removeQueries({ queryKey: [role] })
  void queryClient.resetQueries(role === 'member' ? {} : { queryKey: [role] })
})

/** A mini program has no window that tells focus or connection: the app's own events do, and requests find out. */
export function connectQueryClient(): void {
  onlineManager.setEventListener(() => undefined)
  onlineManager.setOnline(true)
  if (process.env.TARO_ENV !== 'weapp') return
  focusManager.setEventListener((setFocused) => {
    const onShow = () => setFocused(true)
    const onHide = () => setFocused(false)
    Taro.onAppShow(onShow)
    Taro.onAppHide(onHide)
    return () => {
      Taro.offAppShow(onShow)
      Taro.offAppHide(onHide)
    }
  })
  focusManager.setFocused(true)
}
