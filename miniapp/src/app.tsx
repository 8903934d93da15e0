import { QueryClientProvider } from '@tanstack/react-query'
import { type PropsWithChildren, useEffect } from 'react'
import { keepTabsFromNavigating, useTabBarColors } from './components/page/tab-bar'
import { askHomeAhead } from './pages/home/home-ahead'
import { loadBrand } from './platform/brand'
import { launchQuery, rememberInvite } from './platform/invite'
import { askToSignIn } from './platform/navigation'
import { watchNetwork } from './platform/network'
import { connectQueryClient, queryClient } from './platform/query-client'
import { onSignedOut } from './platform/request'
import { followOtherTabs } from './platform/session'
import './app.scss'

/* Real px, real browsers: not for the mini program, and outside of its unit conversion. */
if (process.env.TARO_ENV === 'h5') require('./styles/h5.scss')

connectQueryClient()
watchNetwork()
followOtherTabs()
keepTabsFromNavigating()
askHomeAhead()

export default function App({ children }: PropsWithChildren) {
  useEffect(() => onSignedOut(askToSignIn), [])
  useEffect(() => void loadBrand(), [])
  useEffect(() => rememberInvite(launchQuery()), [])
  useTabBarColors()
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
}
