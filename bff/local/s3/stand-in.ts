import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface S3StandIn {
  bucketUrl: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  objects: Map<string, { bytes: Buffer; contentType: string | undefined }>
  /** Answers the next `times` requests with `status` before it looks at them. */
  failNext(status: number, times?: number): void
  /** Requests answered so far. */
  requestCount(): number
  stop(): Promise<void>
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** How far a request's time may be from ours. */
const skewMs = 15 * 60_000
const maxBytes = 16 * 1024 * 1024

/**
 * One S3 bucket on loopback, in memory: put, get and delete of objects, each signature checked by the rules of AWS
 * Signature V4 (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 */
export async function startS3StandIn(): Promise<S3StandIn> {
  const bucket = 'jili-photos'
  const account = { region: 'cn-east-1', accessKeyId: 'stand-in-key', secretAccessKey: 'stand-in-secret-key' }
  const objects: S3StandIn['objects'] = new Map()
  let failure = { status: 0, times: 0 }
  let requests = 0

  async function answer(request: IncomingMessage): Promise<{ status: number; body?: Buffer; type?: string }> {
    const body = await readBody(request)
    requests += 1
    if (failure.times > 0) {
      failure.times -= 1
      return { status: failure.status }
    }
    if (!isSigned(request, body, account)) return { status: 403 }
    const [, name, ...rest] = new URL(request.url ?? '/', 'http://s3').pathname.split('/')
    const key = rest.join('/')
    if (name !== bucket || !key) return { status: 404 }
    const object = objects.get(key)
    switch (request.method) {
      case 'PUT':
        if (request.headers['content-length'] === undefined) return { status: 411 }
        objects.set(key, { bytes: body, contentType: request.headers['content-type'] })
        return { status: 200 }
      case 'GET':
        return object ? { status: 200, body: object.bytes, type: object.contentType } : { status: 404 }
      case 'DELETE':
        objects.delete(key)
        return { status: 204 }
      default:
        return { status: 405 }
    }
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body, type }) => response.writeHead(status, type ? { 'content-type': type } : {}).end(body),
      () => response.writeHead(400).end(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    // Stays: a connection that cannot be accepted is told here too, and unheard it would end the process.
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    ...account,
    bucketUrl: `http://127.0.0.1:${port}/${bucket}`,
    objects,
    failNext: (status, times = 1) => {
      failure = { status, times }
    },
    requestCount: () => requests,
    stop: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request) {
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw new RangeError('the body is too large')
  }
  return Buffer.concat(chunks)
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/

function isSigned(
  request: IncomingMessage,
  body: Buffer,
  account: Pick<S3StandIn, 'region' | 'accessKeyId' | 'secretAccessKey'>,
): boolean {
  const [, keyId, day = '', region = '', signedHeaders = '', signature = ''] =
    authorizationPattern.exec(request.headers.authorization ?? '') ?? []
  const time = String(request.headers['x-amz-date'] ?? '')
  const payloadHash = String(request.headers['x-amz-content-sha256'] ?? '')
  const at = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  const names = signedHeaders.split(';')
  const isOurs = keyId === account.accessKeyId && region === account.region && time.startsWith(day)
  const isFresh = Math.abs(Date.now() - at) < skewMs
  const coversAll = ['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))
  if (!isOurs || !isFresh || !coversAll || payloadHash !== sha256(body)) return false
  const url = new URL(request.url ?? '/', 'http://s3')
  const canonical = [
    request.method,
    url.pathname,
    url.search.slice(1),
    ...names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    payloadHash,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${account.secretAccessKey}`,
  )
  const expected = hmac(signingKey, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n'))
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
}
