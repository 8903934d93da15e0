import type { Answer, Json, Send } from './client'

/** Binds a number by a code of WeChat's phone button, which the stand-in gives. */
export async function bindPhone(send: Send, token: string, phone: string): Promise<Answer<Json>> {
  const response = await fetch(`${process.env.WECHAT_BASE_URL}/stand-in/phone-codes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone }),
  })
  const { code } = (await response.json()) as { code: string }
  return send('POST', '/api/member/me/phone', { token, body: { code } })
}
