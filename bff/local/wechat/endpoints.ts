import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { sha256 } from '#bff/kernel/secrets'
import { drawMiniProgramCode } from './mini-program-code'
import { type StandInState, standInAccount } from './state'

export interface StandInRequest {
  query: URLSearchParams
  body: Record<string, unknown>
}

export type StandInReply =
  | { json: object; status?: number; contentType?: string }
  | { image: Buffer }
  | { status: number; text: string }

type Endpoint = (state: StandInState, request: StandInRequest) => StandInReply | Promise<StandInReply>

/** The texts that WeChat gives with the errcodes the stand-in knows; `rid` names the request, as there. */
const errmsgs = new Map([
  [-1, 'system error'],
  [40001, 'invalid credential, access_token is invalid or not latest'],
  [40002, 'invalid grant_type'],
  [40003, 'invalid openid'],
  [40013, 'invalid appid'],
  [40029, 'invalid code'],
  [40037, 'invalid template_id'],
  [40125, 'invalid appsecret'],
  [40129, 'invalid scene'],
  [40163, 'code been used'],
  [40169, 'invalid length for scene, or the data is not json string'],
  [40226, 'code blocked'],
  [41001, 'access_token missing'],
  [41030, 'invalid page'],
  [42001, 'access_token expired'],
  [43101, 'user refuse to accept the msg'],
  [44002, 'empty post data'],
  [45011, 'api minute-quota reach limit, must slower, retry next minute'],
  [47001, 'data format error'],
  [47003, 'argument invalid!'],
  [61010, 'code is expired'],
])

export function refusal(errcode: number): StandInReply {
  const rid = [4, 4, 4].map((bytes) => randomBytes(bytes).toString('hex')).join('-')
  return { json: { errcode, errmsg: `${errmsgs.get(errcode) ?? 'error'}, rid: ${rid}` } }
}

const ok = (fields: object = {}): StandInReply => ({ json: { errcode: 0, errmsg: 'ok', ...fields } })

function refusedApp(state: StandInState, appId: unknown, appSecret: unknown): number | null {
  if (appId !== state.appId) return 40013
  return appSecret === state.appSecret ? null : 40125
}

/** What WeChat calls a demo person over all apps of one owner. */
export const unionidOf = (demoId: string): string => `unionid-${sha256(demoId).slice(0, 20)}`

const demoCode = /^demo-([\w-]{1,64})$/

const codeToSession: Endpoint = (state, { query }) => {
  const errcode = refusedApp(state, query.get('appid'), query.get('secret'))
  if (errcode !== null) return refusal(errcode)
  if (query.get('grant_type') !== 'authorization_code') return refusal(40002)
  const code = query.get('js_code') ?? ''
  const demoId = demoCode.exec(code)?.[1]
  const redeemed = demoId
    ? { value: { openid: demoId, unionid: unionidOf(demoId) } }
    : state.loginCodes.redeem(code)
  if (redeemed === 'invalid') return refusal(40029)
  if (redeemed === 'used') return refusal(40163)
  const session = { session_key: randomBytes(16).toString('base64'), ...redeemed.value }
  return { json: session, contentType: 'text/plain' }
}

const stableToken: Endpoint = (state, { body }) => {
  if (body.grant_type !== 'client_credential') return refusal(40002)
  const isAccount = body.appid === standInAccount.appId && body.secret === standInAccount.appSecret
  const errcode = isAccount ? null : refusedApp(state, body.appid, body.secret)
  if (errcode !== null) return refusal(errcode)
  const tokens = isAccount ? state.accountTokens : state.tokens
  const { token, expiresInSeconds } = tokens.issue(body.force_refresh === true)
  return { json: { access_token: token, expires_in: expiresInSeconds } }
}

const phoneNumber: Endpoint = (state, { body }) => {
  const redeemed = state.phoneCodes.redeem(String(body.code))
  // This endpoint has one errcode for used, late and unknown codes.
  if (typeof redeemed === 'string') return refusal(40029)
  const phone = redeemed.value
  const watermark = { timestamp: Math.floor(state.clock.now().getTime() / 1_000), appid: state.appId }
  return ok({ phone_info: { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86', watermark } })
}

const messageBody = z.object({
  page: z.string().optional(),
  data: z.record(z.string(), z.object({ value: z.union([z.string().min(1), z.number()]) })),
  miniprogram_state: z.enum(['developer', 'trial', 'formal']).default('formal'),
})

const sendMessage: Endpoint = (state, { body }) => {
  if (typeof body.touser !== 'string' || !body.touser) return refusal(40003)
  if (typeof body.template_id !== 'string' || !body.template_id) return refusal(40037)
  const parsed = messageBody.safeParse(body)
  if (!parsed.success) return refusal(47003)
  const { page, data, miniprogram_state: miniProgramState } = parsed.data
  state.messages.push({
    openid: body.touser,
    templateId: body.template_id,
    page: page ?? null,
    values: Object.fromEntries(Object.entries(data).map(([name, { value }]) => [name, String(value)])),
    miniProgramState,
    sentAt: state.clock.now().toISOString(),
  })
  if (state.messages.length > 1_000) state.messages.shift()
  return ok()
}

const miniProgramCode: Endpoint = async (_state, { body }) => {
  const { scene, page = '', width = 430 } = body
  if (typeof scene !== 'string' || scene.length < 1 || scene.length > 32) return refusal(40169)
  if (typeof page !== 'string' || page.startsWith('/') || page.includes('?')) return refusal(41030)
  if (typeof width !== 'number') return refusal(47001)
  const widthPx = Math.min(Math.max(Math.round(width), 280), 1280)
  return { image: await drawMiniProgramCode(`${page}?scene=${encodeURIComponent(scene)}`, widthPx) }
}

/** 「违规」 is risky, 「可疑」 is for a person to look at, anything else passes. */
const checkText: Endpoint = (_state, { body }) => {
  if (typeof body.content !== 'string' || !body.content) return refusal(44002)
  if (body.version !== 2 || body.content.length > 2_500) return refusal(47001)
  if (typeof body.openid !== 'string' || !body.openid) return refusal(40003)
  if (![1, 2, 3, 4].includes(Number(body.scene))) return refusal(40129)
  const suggest = body.content.includes('违规') ? 'risky' : body.content.includes('可疑') ? 'review' : 'pass'
  const label = suggest === 'pass' ? 100 : 21000
  const detail = [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }]
  return ok({ detail, trace_id: randomBytes(12).toString('hex'), result: { suggest, label } })
}

/** Who does not follow has no more than his openid. */
const userInfo: Endpoint = (state, { query }) => {
  const openid = query.get('openid')
  if (!openid) return refusal(40003)
  const unionid = state.followers.get(openid)
  return { json: unionid ? { subscribe: 1, openid, unionid } : { subscribe: 0, openid } }
}

/** Asks for a valid access token in the query first, as every endpoint but the first two does. */
const withToken =
  (endpoint: Endpoint, tokensOf = (state: StandInState) => state.tokens): Endpoint =>
  (state, request) => {
    const token = request.query.get('access_token')
    if (!token) return refusal(41001)
    const judged = tokensOf(state).judge(token)
    if (judged !== 'valid') return refusal(judged === 'expired' ? 42001 : 40001)
    return endpoint(state, request)
  }

/** `METHOD path` of WeChat → what answers it. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map([
  ['GET /sns/jscode2session', codeToSession],
  ['POST /cgi-bin/stable_token', stableToken],
  ['POST /wxa/business/getuserphonenumber', withToken(phoneNumber)],
  ['POST /cgi-bin/message/subscribe/send', withToken(sendMessage)],
  ['POST /wxa/getwxacodeunlimit', withToken(miniProgramCode)],
  ['POST /wxa/msg_sec_check', withToken(checkText)],
  ['GET /cgi-bin/user/info', withToken(userInfo, ({ accountTokens }) => accountTokens)],
])
