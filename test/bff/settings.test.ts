import { bucketOf, officialAccountOf, readEnv, smsOf } from '#bff/env'

const complete = {
  MONGODB_URI: 'mongodb://db.example/jili',
  REDIS_URL: 'redis://redis.example',
  CODE_LOOKUP_KEY: '1'.repeat(64),
  CODE_SEALING_KEYS: `first:${'2'.repeat(64)}`,
  WECHAT_APP_ID: 'wx0',
  WECHAT_APP_SECRET: 'secret',
}

test('production is what is meant when nothing is said', () => {
  expect(readEnv(complete)).toMatchObject({
    NODE_ENV: 'production',
    PORT: 3000,
    BUSINESS_TIME_ZONE: 'Asia/Shanghai',
  })
})

test.each([
  { REDIS_LOCKS: 'off' },
  { RATE_LIMITS: 'off' },
  { TEST_CLOCK: 'on' },
  { WECHAT_STAND_IN: 'on' },
  { WECHAT_BASE_URL: 'http://127.0.0.1:8080' },
  { SMS_BASE_URL: 'http://localhost:8080' },
])('production does not start with %j; a test does', (setting) => {
  expect(() => readEnv({ ...complete, ...setting })).toThrow(/production does not start with/)
  expect(() => readEnv({ ...complete, ...setting, NODE_ENV: 'test' })).not.toThrow()
})

test('a bucket is set up wholly or not at all', () => {
  const bucket = {
    S3_BUCKET_URL: 'https://photos.s3.example',
    S3_REGION: 'cn-east-1',
    S3_ACCESS_KEY_ID: 'key',
    S3_SECRET_ACCESS_KEY: 'hush',
  }
  expect(bucketOf(readEnv(complete))).toBeNull()
  expect(bucketOf(readEnv({ ...complete, ...bucket }))).toMatchObject({ region: 'cn-east-1' })
  for (const name of Object.keys(bucket)) {
    const start = () => readEnv({ ...complete, ...bucket, [name]: undefined })
    expect(start).toThrow(name)
    expect(start).not.toThrow('hush')
  }
  expect(() => readEnv({ ...complete, ...bucket, S3_BUCKET_URL: 'file:///tmp' })).toThrow('S3_BUCKET_URL')
})

test('an official account is set up wholly or not at all', () => {
  const account = {
    WECHAT_OFFICIAL_APP_ID: 'wx1',
    WECHAT_OFFICIAL_APP_SECRET: 'hush',
    WECHAT_OFFICIAL_TOKEN: 'token123',
    WECHAT_OFFICIAL_NAME: '积礼生活',
  }
  expect(officialAccountOf(readEnv(complete))).toBeNull()
  expect(officialAccountOf(readEnv({ ...complete, ...account }))).toMatchObject({ name: '积礼生活' })
  for (const name of Object.keys(account)) {
    const start = () => readEnv({ ...complete, ...account, [name]: undefined })
    expect(start).toThrow(name)
    expect(start).not.toThrow('hush')
  }
})

test('SMS is set up wholly or not at all', () => {
  const sms = {
    SMS_SECRET_ID: 'id',
    SMS_SECRET_KEY: 'hush',
    SMS_APP_ID: '1400000000',
    SMS_SIGN_NAME: '积礼',
    SMS_CODE_TEMPLATE_ID: '1110',
  }
  expect(smsOf(readEnv(complete))).toBeNull()
  expect(smsOf(readEnv({ ...complete, ...sms }))).toMatchObject({
    baseUrl: 'https://sms.tencentcloudapi.com',
    templateIds: { 'verification-code': '1110' },
  })
  for (const name of Object.keys(sms)) {
    const start = () => readEnv({ ...complete, ...sms, [name]: undefined })
    expect(start).toThrow(name)
    expect(start).not.toThrow('hush')
  }
})

test('each missing or wrong setting is named, and no secret is quoted', () => {
  const { MONGODB_URI: _missing, ...rest } = complete
  const start = () => readEnv({ ...rest, PORT: 'many', CODE_LOOKUP_KEY: 'hush' })
  for (const name of ['MONGODB_URI', 'PORT', 'CODE_LOOKUP_KEY']) expect(start).toThrow(name)
  expect(start).not.toThrow('hush')
})
