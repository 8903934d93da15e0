import { smsOf } from '#bff/env'
import { isDomainError } from '#bff/kernel/errors'
import { type SmsStandIn, startSmsStandIn } from '#bff/local/sms/stand-in'
import { mayHaveBeenSent, SmsFailure } from '#bff/platform/sms/failure'
import { signTc3 } from '#bff/platform/sms/tc3-signature'
import { createTencentSms } from '#bff/platform/sms/tencent-sms'
import { testEnv } from '#test/support/environment'

let standIn: SmsStandIn
beforeEach(async () => {
  standIn = await startSmsStandIn()
})
afterEach(() => standIn.stop())

function smsWith(overrides: Record<string, string> = {}, timeoutMs = 2_000) {
  const settings = smsOf(testEnv({ ...standIn.settings, ...overrides }))
  if (!settings) throw new Error('no SMS settings')
  return createTencentSms({ ...settings, timeoutMs })
}

const message = (phone = '13800138000') =>
  ({ phone, template: 'verification-code', params: ['482913', '5'] }) as const

const failureOf = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

const codeOf = (error: unknown) => (isDomainError(error) ? error.code : error)

test('the signature is the one of the provider’s own example', () => {
  const { authorization } = signTc3({
    secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3*******',
    service: 'cvm',
    host: 'cvm.tencentcloudapi.com',
    action: 'DescribeInstances',
    body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
    at: new Date(1_551_113_065_000),
  })
  expect(authorization).toBe(
    'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, ' +
      'SignedHeaders=content-type;host;x-tc-action, ' +
      'Signature=be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3',
  )
})

test.each([
  ['13800138000', '+8613800138000'],
  ['+86 138-0013-8000', '+8613800138000'],
  ['85251234567', '+85251234567'],
])('a message to %s reaches %s', async (phone, reached) => {
  await smsWith().send(message(phone))
  const text = '【积礼】482913为您的验证码，5分钟内有效，请勿告诉他人。'
  expect(standIn.messages).toEqual([{ phone: reached, params: ['482913', '5'], text }])
})

test.each([
  [{ SMS_SECRET_KEY: 'another' }, 'AuthFailure.SignatureFailure'],
  [{ SMS_SECRET_ID: 'another' }, 'AuthFailure.SecretIdNotFound'],
  [{ SMS_APP_ID: '1' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail'],
  [{ SMS_SIGN_NAME: '别家' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
  [{ SMS_CODE_TEMPLATE_ID: '1' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
])('wrong settings %j are a bug that is logged with the provider’s code', async (overrides, reason) => {
  const error = await failureOf(smsWith(overrides as Record<string, string>).send(message()))
  expect(error).toBeInstanceOf(SmsFailure)
  expect(error).toMatchObject({ kind: 'refused', reason })
  expect(standIn.messages).toEqual([])
})

test.each([
  ['LimitExceeded.PhoneNumberThirtySecondLimit', 'sms.too_often'],
  ['LimitExceeded.PhoneNumberDailyLimit', 'sms.too_often'],
  ['LimitExceeded.DeliveryFrequencyLimit', 'sms.too_often'],
  ['FailedOperation.PhoneNumberInBlacklist', 'sms.number_refused'],
  ['InvalidParameterValue.IncorrectPhoneNumber', 'sms.number_refused'],
  ['InternalError.SendAndRecvFail', 'sms.unavailable'],
  ['RequestLimitExceeded', 'sms.unavailable'],
])('the provider’s %s is %s, and nothing was sent', async (code, expected) => {
  standIn.failNext({ code })
  const error = await failureOf(smsWith().send(message()))
  expect(codeOf(error)).toBe(expected)
  expect(mayHaveBeenSent(error)).toBe(false)
  await smsWith().send(message())
  expect(standIn.messages).toHaveLength(1)
})

test.each([{ httpStatus: 502 }, { delayMs: 60_000 }])(
  'after %j nobody knows, and it is not sent again',
  async (failure) => {
    standIn.failNext(failure)
    const error = await failureOf(smsWith({}, 100).send(message()))
    expect(codeOf(error)).toBe('sms.unavailable')
    expect(mayHaveBeenSent(error)).toBe(true)
    expect(standIn.requestCount()).toBe(1)
  },
)

test('without a connection nothing was sent', async () => {
  const sms = smsWith()
  await standIn.stop()
  const error = await failureOf(sms.send(message()))
  expect(codeOf(error)).toBe('sms.unavailable')
  expect(mayHaveBeenSent(error)).toBe(false)
})

test('no failure holds the number or the code', async () => {
  const failures = [
    { httpStatus: 500 },
    { code: 'FailedOperation.JsonParseFail' },
    { code: 'LimitExceeded.PhoneNumberDailyLimit' },
  ]
  for (const failure of failures) {
    standIn.failNext(failure)
    const error = (await failureOf(smsWith().send(message()))) as Error & { cause?: unknown }
    const told = [error, error.cause].map((part) => `${String(part)} ${JSON.stringify(part)}`).join('\n')
    expect(told).toContain('SMS')
    for (const secret of ['13800138000', '482913', 'stand-in-key']) expect(told).not.toContain(secret)
  }
})
