import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import type { Storage } from './storage'
import { assertStorageKey } from './storage-key'

export interface S3Settings {
  /** Address of the bucket, in its host name or in its path: `https://bucket.s3.example`, `https://s3.example/bucket`. */
  bucketUrl: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

/** Time for one operation, its retries after 5xx and 429 included. */
const timeoutMs = 15_000
const retries = 2

/**
 * Objects of an S3-compatible bucket, each request signed with AWS Signature V4 over its body too. The signature's time
 * is the machine's: the bucket compares it with its own.
 * @throws Error naming the HTTP status; never a key or an address.
 */
export function createS3Storage(settings: S3Settings): Storage {
  const { region, accessKeyId, secretAccessKey } = settings
  const client = new AwsClient({ region, accessKeyId, secretAccessKey, service: 's3', retries })
  const base = settings.bucketUrl.replace(/\/+$/, '')

  async function send(
    method: 'PUT' | 'GET' | 'DELETE',
    key: string,
    body?: Uint8Array,
    contentType?: string,
  ) {
    assertStorageKey(key)
    const response = await client.fetch(`${base}/${key}`, {
      method,
      body: body as RequestInit['body'],
      headers: {
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
        ...(contentType ? { 'content-type': contentType } : {}),
      },
      // A redirect would carry the signature elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    if (response.ok) return bytes
    if (response.status === 404 && method !== 'PUT') return null
    throw new Error(`the bucket answered ${method} with ${response.status}`)
  }

  return {
    async put(key, bytes, contentType) {
      await send('PUT', key, bytes, contentType)
    },
    get: (key) => send('GET', key),
    async remove(key) {
      await send('DELETE', key)
    },
  }
}
