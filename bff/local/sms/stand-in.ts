import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { isSameSecret } from '#bff/kernel/secrets'

/** A message as the phone would show it. */
export interface TextMessage {
  phone: string
  params: readonly string[]
  text: string
}

/** What the next requests meet: an answer with this code, a bare status, or no answer for so long. */
export type SmsFailureAsked = { code: string } | { httpStatus: number } | { delayMs: number }

export interface SmsStandIn {
  baseUrl: string
  /** The BFF's settings for it. */
  settings: Record<string, string>
  /** The last 100, oldest first. */
  messages: readonly TextMessage[]
  failNext(failure: SmsFailureAsked, times?: number): void
  requestCount(): number
  stop(): Promise<void>
}

const account = {
  SMS_SECRET_ID: 'stand-in-id',
  SMS_SECRET_KEY: 'stand-in-key',
  SMS_APP_ID: '1400000000',
  SMS_SIGN_NAME: '积礼',
  SMS_CODE_TEMPLATE_ID: '1110',
}
const messagesKept = 100
const maxBytes = 64 * 1024

const sendBody = z.object({
  PhoneNumberSet: z.array(z.string()).length(1),
  SmsSdkAppId: z.string(),
  SignName: z.string(),
  TemplateId: z.string(),
  TemplateParamSet: z.array(z.string()),
})

/**
 * Tencent Cloud SMS on loopback, for demo and tests: `SendSms`, each signature checked by the rules of TC3-HMAC-SHA256
 * (https://cloud.tencent.com/document/api/382/52072), answers and codes as there.
 */
export async function startSmsStandIn(
  options: { onMessage?: (message: TextMessage) => void } = {},
): Promise<SmsStandIn> {
  const { onMessage = () => undefined } = options
  const messages: TextMessage[] = []
  const stopping = new AbortController()
  let asked: { failure: SmsFailureAsked; times: number } | null = null
  let requests = 0

  async function answer(request: IncomingMessage): Promise<{ status: number; json?: object }> {
    const body = await readBody(request)
    requests += 1
    const failure = asked && asked.times-- > 0 ? asked.failure : null
    if (failure && 'delayMs' in failure)
      await wait(failure.delayMs, undefined, { signal: stopping.signal, ref: false })
    if (failure && 'httpStatus' in failure) return { status: failure.httpStatus }
    const refusal = refusedCaller(request, body) ?? (failure && 'code' in failure ? failure.code : null)
    if (refusal) return { status: 200, json: refused(refusal) }
    const parsed = sendBody.safeParse(parseJson(body))
    if (!parsed.success) return { status: 200, json: refused('InvalidParameter') }
    const status = judge(parsed.data)
    if (status !== 'Ok') return { status: 200, json: sendStatus(status) }
    const [phone = ''] = parsed.data.PhoneNumberSet
    const params = parsed.data.TemplateParamSet
    const text = `【${parsed.data.SignName}】${params[0]}为您的验证码，${params[1]}分钟内有效，请勿告诉他人。`
    messages.push({ phone, params, text })
    if (messages.length > messagesKept) messages.shift()
    onMessage({ phone, params, text })
    return { status: 200, json: sendStatus('Ok') }
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, json }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(json && JSON.stringify(json)),
      () => response.writeHead(400).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    // Stays: a connection that cannot be accepted is told here too, and unheard it would end the process.
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    baseUrl,
    settings: { ...account, SMS_BASE_URL: baseUrl },
    messages,
    failNext: (failure, times = 1) => {
      asked = { failure, times }
    },
    requestCount: () => requests,
    stop: () => {
      stopping.abort()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}

const withId = (fields: object) => ({ Response: { ...fields, RequestId: randomUUID() } })
const sendStatus = (code: string) => withId({ SendStatusSet: [{ Code: code, Message: code, Fee: 1 }] })

/** What is wrong with one number is told with it, everything else for the whole request. */
const refused = (code: string) =>
  /^(LimitExceeded\.|FailedOperation\.|InvalidParameterValue\.IncorrectPhone)/.test(code)
    ? sendStatus(code)
    : withId({ Error: { Code: code, Message: code } })

function judge(message: z.output<typeof sendBody>): string {
  if (message.SmsSdkAppId !== account.SMS_APP_ID) return 'UnauthorizedOperation.SmsSdkAppIdVerifyFail'
  if (message.SignName !== account.SMS_SIGN_NAME) return 'FailedOperation.SignatureIncorrectOrUnapproved'
  const [code = '', minutes = '', ...more] = message.TemplateParamSet
  const fits = /^\d{1,6}$/.test(code) && /^\d{1,6}$/.test(minutes) && more.length === 0
  if (message.TemplateId !== account.SMS_CODE_TEMPLATE_ID || !fits)
    return 'FailedOperation.TemplateIncorrectOrUnapproved'
  return /^\+\d{6,15}$/.test(message.PhoneNumberSet[0] ?? '')
    ? 'Ok'
    : 'InvalidParameterValue.IncorrectPhoneNumber'
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const authorizationPattern =
  /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/sms\/tc3_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
/** How far a request's time may be from ours. */
const skewSeconds = 300

/** The code a caller is turned away with, or null when the request is signed by the account. */
function refusedCaller(request: IncomingMessage, body: string): string | null {
  const { headers } = request
  if (request.method !== 'POST' || headers['x-tc-action'] !== 'SendSms') return 'InvalidAction'
  if (headers['x-tc-version'] !== '2021-01-11') return 'NoSuchVersion'
  if (!headers['x-tc-region']) return 'MissingParameter'
  const [, id, date = '', signedNames = '', signature = ''] =
    authorizationPattern.exec(headers.authorization ?? '') ?? []
  if (id !== account.SMS_SECRET_ID) return 'AuthFailure.SecretIdNotFound'
  const timestamp = String(headers['x-tc-timestamp'])
  const at = Number(timestamp)
  if (!(Math.abs(Date.now() / 1_000 - at) < skewSeconds)) return 'AuthFailure.SignatureExpire'
  const names = signedNames.split(';')
  const isDated = new Date(at * 1_000).toISOString().startsWith(date)
  const coversAll = ['content-type', 'host'].every((name) => names.includes(name))
  if (!isDated || !coversAll) return 'AuthFailure.SignatureFailure'
  const lines = names.map((name) => `${name}:${String(headers[name] ?? '').toLowerCase()}\n`).join('')
  const canonical = ['POST', '/', '', lines, signedNames, sha256(body)].join('\n')
  const key = hmac(hmac(hmac(`TC3${account.SMS_SECRET_KEY}`, date), 'sms'), 'tc3_request')
  const toSign = ['TC3-HMAC-SHA256', timestamp, `${date}/sms/tc3_request`, sha256(canonical)].join('\n')
  const isSigned = isSameSecret(hmac(key, toSign).toString('hex'), signature)
  return isSigned ? null : 'AuthFailure.SignatureFailure'
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request) {
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw new RangeError('the body is too large')
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
