import { z } from 'zod'
import { DomainError } from '../../kernel/errors'
import { SmsFailure } from './failure'
import type { Sms, SmsMessage, SmsTemplate } from './sms'
import { signTc3 } from './tc3-signature'

export interface TencentSmsSettings {
  baseUrl: string
  region: string
  secretId: string
  secretKey: string
  /** The SMS application's SdkAppId. */
  appId: string
  /** The approved name in 【】 that each message begins with. */
  signName: string
  templateIds: Record<SmsTemplate, string>
  /** 5 s unless told. */
  timeoutMs?: number
}

const refusalAnswer = z.object({ Response: z.object({ Error: z.object({ Code: z.string() }) }) })
const sentAnswer = z.object({
  Response: z.object({ SendStatusSet: z.array(z.object({ Code: z.string() })).length(1) }),
})

/**
 * Tencent Cloud SMS, `SendSms` of 2021-01-11 (https://cloud.tencent.com/document/product/382/55981). The signature's time
 * is the machine's: the provider compares it with its own.
 * @throws Error when `baseUrl` is no URL
 */
export function createTencentSms(settings: TencentSmsSettings): Sms {
  const url = new URL(settings.baseUrl)
  return {
    async send(message) {
      try {
        await send(url, settings, message)
      } catch (error) {
        throw publicError(error)
      }
    },
  }
}

async function send(url: URL, settings: TencentSmsSettings, message: SmsMessage): Promise<void> {
  const { secretId, secretKey, region, timeoutMs = 5_000 } = settings
  const body = JSON.stringify({
    PhoneNumberSet: [internationalOf(message.phone)],
    SmsSdkAppId: settings.appId,
    SignName: settings.signName,
    TemplateId: settings.templateIds[message.template],
    TemplateParamSet: message.params,
  })
  const request = { secretId, secretKey, service: 'sms', host: url.host, action: 'SendSms', body }
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...signTc3({ ...request, at: new Date() }),
      'x-tc-version': '2021-01-11',
      'x-tc-region': region,
    },
    body,
    // A redirect would carry number and code elsewhere.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    const reason = reasonOf(error)
    throw new SmsFailure(unsentReasons.has(reason) ? 'not_sent' : 'no_answer', reason)
  })
  const answer = await response.json().catch((error: unknown) => {
    throw new SmsFailure('no_answer', reasonOf(error))
  })
  // Refusals come with 200 as well.
  const refused = refusalAnswer.safeParse(answer)
  if (refused.success) throw new SmsFailure('refused', refused.data.Response.Error.Code)
  if (!response.ok) throw new SmsFailure('no_answer', `HTTP ${response.status}`)
  const sent = sentAnswer.safeParse(answer)
  if (!sent.success) throw new SmsFailure('no_answer', 'an unexpected answer')
  const code = sent.data.Response.SendStatusSet[0]?.Code ?? ''
  if (code !== 'Ok') throw new SmsFailure('refused', code)
}

/** E.164: WeChat leaves out the country code of mainland China only. */
const internationalOf = (phone: string): string => {
  const digits = phone.replace(/\D/g, '')
  return /^1\d{10}$/.test(digits) ? `+86${digits}` : `+${digits}`
}

/** Reasons that are only given before a connection exists. */
const unsentReasons = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

const fetchError = z.object({
  name: z.string(),
  cause: z.object({ code: z.string() }).optional().catch(undefined),
})

/** The code or name of an error of fetch; its message may quote the answer. */
function reasonOf(error: unknown): string {
  const parsed = fetchError.safeParse(error)
  return parsed.success ? (parsed.data.cause?.code ?? parsed.data.name) : 'unknown'
}

/** What the provider lets one number have within 30 s, an hour and a day; each may be set at the provider. */
const isNumberLimit = (code: string) =>
  /^LimitExceeded\.(PhoneNumber(?!CountLimit)|DeliveryFrequencyLimit)/.test(code)
const numberRefusals = new Set([
  'FailedOperation.PhoneNumberInBlacklist',
  'InvalidParameterValue.IncorrectPhoneNumber',
])
const isTheirFault = (code: string) => /^(InternalError|RequestLimitExceeded)/.test(code)

/**
 * What the caller is told. A code that is not listed means a mistake of the settings or an empty account: it stays a bug,
 * so that it is logged as one.
 */
function publicError(error: unknown): unknown {
  if (!(error instanceof SmsFailure)) return error
  const { kind, reason } = error
  if (kind !== 'refused' || isTheirFault(reason)) return new DomainError('sms.unavailable', { cause: error })
  if (isNumberLimit(reason)) return new DomainError('sms.too_often', { retryAfterSeconds: 60, cause: error })
  return numberRefusals.has(reason) ? new DomainError('sms.number_refused', { cause: error }) : error
}
