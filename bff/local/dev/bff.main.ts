import { startApp } from '#bff/app'
import { readEnv } from '#bff/env'
import { createDemoFollowsRoute } from '../demo/follows'
import { createDemoMessagesRoute } from '../demo/messages'
import { demoSignInsRoute } from '../demo/sign-ins'
import { startSmsStandIn } from '../sms/stand-in'

/**
 * The BFF of `npm run dev`, started anew after each change. The WeChat stand-in lives on beside it; that of SMS
 * starts with it, so the last texts are forgotten then.
 */
async function main(): Promise<void> {
  const sms = await startSmsStandIn({
    onMessage: ({ phone, text }) => console.log(`  短信 SMS → ${phone}  ${text}`),
  })
  const env = readEnv({ ...process.env, ...sms.settings })
  const control = {
    follow: async (follow: object) => {
      const response = await fetch(`${env.WECHAT_BASE_URL}/stand-in/follows`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(follow),
      })
      if (!response.ok) throw new Error(`the WeChat stand-in answered ${response.status}`)
    },
  }
  const app = await startApp({
    env,
    runs: { web: true, worker: true },
    extraRoutes: [
      demoSignInsRoute,
      createDemoMessagesRoute(sms),
      createDemoFollowsRoute(control, `http://127.0.0.1:${env.PORT}`),
    ],
  })
  console.log(`  BFF listens (process ${process.pid})`)
  const stop = () => void app.stop().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
