import { createHash, createHmac } from 'node:crypto'

export interface Tc3Request {
  secretId: string
  secretKey: string
  /** Part of what is signed: a signature for one service is no good at another. */
  service: string
  host: string
  action: string
  body: string
  at: Date
}

const contentType = 'application/json; charset=utf-8'

/**
 * Headers of a POST that Tencent Cloud takes as ours: TC3-HMAC-SHA256 over host, action and body
 * (https://cloud.tencent.com/document/api/382/52072).
 */
export function signTc3(request: Tc3Request): Record<string, string> {
  const { secretId, secretKey, service, host, action, body, at } = request
  const timestamp = String(Math.floor(at.getTime() / 1_000))
  const date = at.toISOString().slice(0, 10)
  const names = 'content-type;host;x-tc-action'
  const headers = `content-type:${contentType}\nhost:${host}\nx-tc-action:${action.toLowerCase()}\n`
  const canonical = ['POST', '/', '', headers, names, sha256(body)].join('\n')
  const scope = `${date}/${service}/tc3_request`
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`)
  const signed = hmac(key, ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n'))
  const signature = signed.toString('hex')
  return {
    'content-type': contentType,
    'x-tc-action': action,
    'x-tc-timestamp': timestamp,
    authorization: `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
