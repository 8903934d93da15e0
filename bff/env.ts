import { z } from 'zod'

/** What is set up wholly or not at all. */
const bucketSettings = ['S3_BUCKET_URL', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const
const smsSettings = [
  'SMS_SECRET_ID',
  'SMS_SECRET_KEY',
  'SMS_APP_ID',
  'SMS_SIGN_NAME',
  'SMS_CODE_TEMPLATE_ID',
] as const
const officialAccountSettings = [
  'WECHAT_OFFICIAL_APP_ID',
  'WECHAT_OFFICIAL_APP_SECRET',
  'WECHAT_OFFICIAL_TOKEN',
  'WECHAT_OFFICIAL_NAME',
] as const

/** Settings of one process, read once from the environment. A wrong one stops the start with its name. */
const schema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  MONGODB_URI: z.string().min(1),
  MONGODB_POOL_SIZE: z.coerce.number().int().min(1).max(500).default(50),
  REDIS_URL: z.string().min(1),
  BUSINESS_TIME_ZONE: z.string().default('Asia/Shanghai'),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('info'),
  /** 32 bytes in hex: finds redemption codes by HMAC. Changing it makes printed codes unfindable. */
  CODE_LOOKUP_KEY: z.string().regex(/^[0-9a-f]{64}$/),
  /** `name:64 hex,name:64 hex`: the first seals, all open. */
  CODE_SEALING_KEYS: z.string().regex(/^[\w-]+:[0-9a-f]{64}(,[\w-]+:[0-9a-f]{64})*$/),
  WECHAT_BASE_URL: z.url().default('https://api.weixin.qq.com'),
  WECHAT_APP_ID: z.string().min(1),
  WECHAT_APP_SECRET: z.string().min(1),
  /** The template of the check-in reminder; without it members are reminded in the inbox only. */
  WECHAT_CHECK_IN_TEMPLATE_ID: z.string().min(1).optional(),
  /** The official account that follow tasks ask for: all four or none, and then no such task can be started. */
  WECHAT_OFFICIAL_APP_ID: z.string().min(1).optional(),
  WECHAT_OFFICIAL_APP_SECRET: z.string().min(1).optional(),
  /** What the account's settings page calls 令牌 (Token): it signs WeChat's pushes. */
  WECHAT_OFFICIAL_TOKEN: z
    .string()
    .regex(/^[\dA-Za-z]{3,32}$/)
    .optional(),
  WECHAT_OFFICIAL_NAME: z.string().min(1).max(30).optional(),
  /** Where the built H5 and pictures that the brand laid there itself lie; not served when unset. */
  H5_DIR: z.string().optional(),
  PICTURES_DIR: z.string().optional(),
  /** Folder of members' photos and uploaded pictures, shared by all processes; only used without a bucket. */
  UPLOADS_DIR: z.string().min(1).default('.data/uploads'),
  /** An S3-compatible bucket for members' photos and uploaded pictures, its name in the host or the path; all four or none. */
  S3_BUCKET_URL: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** Tencent Cloud SMS: all five or none, and then no text message is sent. */
  SMS_SECRET_ID: z.string().min(1).optional(),
  SMS_SECRET_KEY: z.string().min(1).optional(),
  SMS_APP_ID: z.string().min(1).optional(),
  SMS_SIGN_NAME: z.string().min(1).optional(),
  SMS_CODE_TEMPLATE_ID: z.string().min(1).optional(),
  SMS_REGION: z.string().min(1).default('ap-guangzhou'),
  SMS_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://sms.tencentcloudapi.com'),
  /** How many proxies in front may be trusted to name the client's address. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  REDIS_LOCKS: z.enum(['on', 'off']).default('on'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  /** `on` with the WeChat stand-in: the clock route exists. */
  TEST_CLOCK: z.enum(['on', 'off']).default('off'),
  WECHAT_STAND_IN: z.enum(['on', 'off']).default('off'),
  OWNER_USERNAME: z.string().optional(),
  OWNER_PASSWORD: z.string().min(8).optional(),
})

export type Env = z.infer<typeof schema>

export const settingNames: readonly string[] = Object.keys(schema.shape)

/** @throws Error naming each wrong or missing setting, and each test setting that production refuses. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new Error(`settings are missing or wrong:\n${problems.join('\n')}`)
  }
  const env = parsed.data
  assertWhole(env, 'a bucket', bucketSettings)
  assertWhole(env, 'SMS', smsSettings)
  assertWhole(env, 'the official account', officialAccountSettings)
  if (env.NODE_ENV === 'production') refuseTestSettings(env)
  return env
}

function assertWhole(env: Env, what: string, names: readonly (keyof Env)[]): void {
  const missing = names.filter((name) => !env[name])
  if (missing.length > 0 && missing.length < names.length)
    throw new Error(`settings are missing or wrong:\n  ${what} also needs ${missing.join(', ')}`)
}

const isThisMachine = (url: string) => /^https?:\/\/(127\.|localhost|\[::1\])/.test(url)

function refuseTestSettings(env: Env): void {
  const refused = [
    env.REDIS_LOCKS === 'off' && 'REDIS_LOCKS=off',
    env.RATE_LIMITS === 'off' && 'RATE_LIMITS=off',
    env.TEST_CLOCK === 'on' && 'TEST_CLOCK=on',
    env.WECHAT_STAND_IN === 'on' && 'WECHAT_STAND_IN=on',
    isThisMachine(env.WECHAT_BASE_URL) && 'a WECHAT_BASE_URL on this machine',
    isThisMachine(env.SMS_BASE_URL) && 'an SMS_BASE_URL on this machine',
  ].filter(Boolean)
  if (refused.length > 0) throw new Error(`production does not start with ${refused.join(', ')}`)
}

/** The bucket for photos and pictures, or null when they lie in a folder. */
export function bucketOf(env: Env) {
  const { S3_BUCKET_URL, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env
  if (!S3_BUCKET_URL || !S3_REGION || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null
  return {
    bucketUrl: S3_BUCKET_URL,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  }
}

/** The official account, or null when there is none. */
export function officialAccountOf(env: Env) {
  const appId = env.WECHAT_OFFICIAL_APP_ID
  const appSecret = env.WECHAT_OFFICIAL_APP_SECRET
  const token = env.WECHAT_OFFICIAL_TOKEN
  const name = env.WECHAT_OFFICIAL_NAME
  if (!appId || !appSecret || !token || !name) return null
  return { baseUrl: env.WECHAT_BASE_URL, appId, appSecret, token, name }
}

/** The provider of text messages, or null when there is none. */
export function smsOf(env: Env) {
  const { SMS_SECRET_ID, SMS_SECRET_KEY, SMS_APP_ID, SMS_SIGN_NAME, SMS_CODE_TEMPLATE_ID } = env
  if (!SMS_SECRET_ID || !SMS_SECRET_KEY || !SMS_APP_ID || !SMS_SIGN_NAME || !SMS_CODE_TEMPLATE_ID) return null
  return {
    baseUrl: env.SMS_BASE_URL,
    region: env.SMS_REGION,
    secretId: SMS_SECRET_ID,
    secretKey: SMS_SECRET_KEY,
    appId: SMS_APP_ID,
    signName: SMS_SIGN_NAME,
    templateIds: { 'verification-code': SMS_CODE_TEMPLATE_ID },
  }
}
