import { resolve } from 'node:path'
import { type LocalServices, startLocalServices } from '#bff/local/services/index'
import { startWechatStandIn } from '#bff/local/wechat/stand-in'

export interface TestServices {
  local: LocalServices
  wechat: Awaited<ReturnType<typeof startWechatStandIn>>
}

declare global {
  var jiliTestServices: TestServices | undefined
}

/** Starts the real MongoDB-compatible engine, the real Redis and the WeChat stand-in once for all test files. */
export default async function setUp(): Promise<void> {
  const report = (line: string) => process.stderr.write(`  ${line}\n`)
  const local = await startLocalServices({
    dataDir: resolve(process.env.TEST_DATA_DIR ?? '.data/test'),
    report,
  })
  const wechat = await startWechatStandIn()
  process.env.MONGODB_URI = local.mongodbUri
  process.env.REDIS_URL = local.redisUrl
  process.env.MONGODB_WAY = local.mongodb.way
  process.env.WECHAT_BASE_URL = wechat.baseUrl
  process.env.WECHAT_APP_ID = wechat.appId
  process.env.WECHAT_APP_SECRET = wechat.appSecret
  globalThis.jiliTestServices = { local, wechat }
}
