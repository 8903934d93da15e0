import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Clock } from '#bff/kernel/clock'
import { createAccessTokens, type WechatTokenCache } from './access-token'
import { createAuthorized, told } from './authorized'
import { WechatFailure } from './failure'
import {
  createRequests,
  readAnswer,
  type SendRequest,
  type WechatAnswer,
  type WechatRequest,
} from './requests'

/**
 * The server side of WeChat mini programs. Each method also throws `rate.limited` and
 * `auth.wechat_unavailable`; an errcode that tells of wrong settings is thrown as a plain error.
 */
export interface WechatClient {
  /**
   * The member behind a `wx.login` code. A code works once and for 5 minutes, so a failure after it was sent is
   * final: the mini program asks `wx.login` for another. `sessionKey` must never leave the BFF.
   * @throws auth.wechat_code_invalid
   */
  exchangeCode(code: string): Promise<{ openid: string; unionid: string | null; sessionKey: string }>
  /**
   * The phone number behind a code of the phone button; numbers from abroad carry their country code.
   * @throws auth.wechat_code_invalid
   */
  phoneNumberOf(code: string): Promise<string>
  /** `not_subscribed`: the member gave no consent, used it up or took it back. */
  sendSubscribeMessage(message: SubscribeMessage): Promise<'sent' | 'not_subscribed'>
  /** An image of a mini-program code (JPEG from WeChat) that opens `page` with `scene`. */
  miniProgramCode(code: MiniProgramCode): Promise<Buffer>
  /** WeChat's judgement of a member's text. `review`: a person should look at it. */
  checkText(text: CheckedText): Promise<'pass' | 'review' | 'risky'>
}

interface SubscribeMessage {
  openid: string
  templateId: string
  /** Where a tap leads, with its query: `pages/orders/index?id=1`. */
  page?: string
  /** The template's keyword → its text, as in `{ thing1: '保温杯' }`. */
  values: Record<string, string>
}

interface MiniProgramCode {
  /** At most 32 characters of those that WeChat allows; no `%` and no Chinese. */
  scene: string
  /** Without a leading slash and without a query. */
  page: string
  widthPx?: number
}

interface CheckedText {
  openid: string
  /** At most 2,500 characters. */
  text: string
  scene: keyof typeof textScenes
}

/** https://developers.weixin.qq.com/miniprogram/dev/server/API/sec-center/sec-check/api_msgseccheck.html */
const textScenes = { profile: 1, comment: 2, forum: 3, social: 4 } as const

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html */
const allowedScene = /^[\w!#$&'()*+,/:;=?@.~-]{1,32}$/

const session = z.object({
  openid: z.string().min(1),
  session_key: z.string().min(1),
  unionid: z.string().optional(),
})
const phone = z.object({ phone_info: z.object({ phoneNumber: z.string().min(1) }) })
const judgement = z.object({ result: z.object({ suggest: z.enum(['pass', 'review', 'risky']) }) })

/**
 * @param options.timeoutMs limit of one HTTP request, 3 s by default. After a failure a method makes at most one
 * more attempt, and one more again with a new access token.
 * @throws Error when `baseUrl` is no URL
 */
export function createWechatClient(options: {
  baseUrl: string
  appId: string
  appSecret: string
  tokenCache: WechatTokenCache
  clock: Clock
  timeoutMs?: number
}): WechatClient {
  const { baseUrl, appId, appSecret, tokenCache, clock, timeoutMs = 3_000 } = options
  const send = createRequests({ baseUrl, timeoutMs })
  const tokens = createAccessTokens({ appId, appSecret, tokenCache, clock, send })
  const authorized = createAuthorized(send, tokens)
  const post: Post = (request) => authorized({ ...request, method: 'POST' })
  return {
    exchangeCode: (code) => told(exchangeCode(send, appId, appSecret, code)),
    phoneNumberOf: (code) => told(phoneNumberOf(post, code)),
    sendSubscribeMessage: (message) => told(sendSubscribeMessage(post, message)),
    miniProgramCode: (code) => told(miniProgramCode(post, code)),
    checkText: (text) => told(checkText(post, text)),
  }
}

type Post = (
  request: Pick<WechatRequest, 'path' | 'isRepeatable'> & { body: Record<string, unknown> },
) => Promise<WechatAnswer>

async function exchangeCode(send: SendRequest, appId: string, appSecret: string, code: string) {
  const path = '/sns/jscode2session'
  const query = { appid: appId, secret: appSecret, js_code: code, grant_type: 'authorization_code' }
  const answer = await send({ method: 'GET', path, query, isRepeatable: false })
  const { openid, unionid, session_key: sessionKey } = readAnswer(session, answer.json, path)
  return { openid, unionid: unionid || null, sessionKey }
}

async function phoneNumberOf(post: Post, code: string): Promise<string> {
  const path = '/wxa/business/getuserphonenumber'
  const answer = await post({ path, body: { code }, isRepeatable: false })
  return readAnswer(phone, answer.json, path).phone_info.phoneNumber
}

async function sendSubscribeMessage(post: Post, message: SubscribeMessage) {
  const keywords = Object.entries(message.values).map(([name, value]) => [name, { value }])
  const body = {
    touser: message.openid,
    template_id: message.templateId,
    page: message.page,
    data: Object.fromEntries(keywords),
    miniprogram_state: 'formal',
    lang: 'zh_CN',
  }
  try {
    await post({ path: '/cgi-bin/message/subscribe/send', body, isRepeatable: false })
    return 'sent'
  } catch (error) {
    // 43101 "user refuse to accept the msg": no consent is left. An ordinary answer, one send per consent.
    if (error instanceof WechatFailure && error.errcode === 43101) return 'not_subscribed'
    throw error
  }
}

async function miniProgramCode(post: Post, { scene, page, widthPx }: MiniProgramCode): Promise<Buffer> {
  assert(allowedScene.test(scene), 'a scene has 1 to 32 of the characters that WeChat allows')
  const path = '/wxa/getwxacodeunlimit'
  const { image } = await post({ path, body: { scene, page, width: widthPx }, isRepeatable: true })
  if (!image) throw new WechatFailure('no_answer', path, null, 'no image')
  return image
}

async function checkText(post: Post, { openid, text, scene }: CheckedText) {
  assert(text.length <= 2_500, 'WeChat checks at most 2,500 characters')
  const path = '/wxa/msg_sec_check'
  const body = { version: 2, openid, scene: textScenes[scene], content: text }
  try {
    const answer = await post({ path, body, isRepeatable: true })
    return readAnswer(judgement, answer.json, path).result.suggest
  } catch (error) {
    // 61010: WeChat judges only texts of those who used the mini program in the last 2 hours.
    if (error instanceof WechatFailure && error.errcode === 61010) return 'review'
    throw error
  }
}
