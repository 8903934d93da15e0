import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { type Env, readEnv } from '#bff/env'
import type { SmsStandIn } from '../sms/stand-in'
import type { WechatStandIn } from '../wechat/stand-in'
import { standInAccountSettings } from '../wechat/state'
import { paths } from './paths'
import { owner } from './world/team'

const secrets = z.object({ CODE_LOOKUP_KEY: z.string(), CODE_SEALING_KEYS: z.string() })

/** Keys of redemption codes, made at the first start and kept: without them the codes in the database are void. */
function readSecrets(): z.output<typeof secrets> {
  if (existsSync(paths.settings)) {
    const kept = secrets.safeParse(parseJson(readFileSync(paths.settings, 'utf8')))
    if (kept.success) return kept.data
  }
  const made = {
    CODE_LOOKUP_KEY: randomBytes(32).toString('hex'),
    CODE_SEALING_KEYS: `demo:${randomBytes(32).toString('hex')}`,
  }
  mkdirSync(dirname(paths.settings), { recursive: true })
  writeFileSync(paths.settings, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  return made
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The BFF's settings in the demo. */
export function demoEnv(
  services: { mongodbUri: string; redisUrl: string },
  wechat: Pick<WechatStandIn, 'baseUrl' | 'appId' | 'appSecret'>,
  sms: Pick<SmsStandIn, 'settings'>,
): Env {
  return readEnv({
    ...readSecrets(),
    ...sms.settings,
    NODE_ENV: 'development',
    PORT: process.env.PORT,
    HOST: process.env.HOST,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    MONGODB_URI: services.mongodbUri,
    REDIS_URL: services.redisUrl,
    WECHAT_BASE_URL: wechat.baseUrl,
    WECHAT_APP_ID: wechat.appId,
    WECHAT_APP_SECRET: wechat.appSecret,
    WECHAT_STAND_IN: 'on',
    ...standInAccountSettings,
    TEST_CLOCK: 'on',
    // A demo may be tried without them.
    RATE_LIMITS: process.env.RATE_LIMITS,
    REDIS_LOCKS: process.env.REDIS_LOCKS,
    OWNER_USERNAME: owner.username,
    OWNER_PASSWORD: owner.password,
    H5_DIR: paths.h5,
    PICTURES_DIR: paths.pictures,
    UPLOADS_DIR: paths.uploads,
  })
}
