import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { type Env, readEnv } from '#bff/env'

/** Settings of a BFF under test: its own database, the shared Redis, the WeChat stand-in. */
export function testSettings(overrides: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const base = required('MONGODB_URI')
  const uri = new URL(base)
  uri.pathname = `/jili_test_${randomBytes(6).toString('hex')}`
  return {
    NODE_ENV: 'test',
    PORT: '0',
    HOST: '127.0.0.1',
    MONGODB_URI: uri.href,
    REDIS_URL: required('REDIS_URL'),
    LOG_LEVEL: 'silent',
    UPLOADS_DIR: resolve(process.env.TEST_DATA_DIR ?? '.data/test', 'uploads'),
    CODE_LOOKUP_KEY: '11'.repeat(32),
    CODE_SEALING_KEYS: `test:${'22'.repeat(32)}`,
    WECHAT_BASE_URL: required('WECHAT_BASE_URL'),
    WECHAT_APP_ID: required('WECHAT_APP_ID'),
    WECHAT_APP_SECRET: required('WECHAT_APP_SECRET'),
    WECHAT_STAND_IN: 'on',
    TEST_CLOCK: 'on',
    RATE_LIMITS: 'off',
    OWNER_USERNAME: 'owner',
    OWNER_PASSWORD: 'jili-test-owner',
    ...overrides,
  }
}

export const testEnv = (overrides: NodeJS.ProcessEnv = {}): Env => readEnv(testSettings(overrides))

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing: the test's global set-up did not run`)
  return value
}
