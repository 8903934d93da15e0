import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** One request of the load. */
export interface Shot {
  method: 'GET' | 'POST'
  path: string
  token?: string
  key?: string
  body?: object
}

/** Where a load goes and what it is made of. */
export interface Load {
  baseUrl: string
  /** The next request; null when there is no more to ask. */
  next(): Shot | null
  /** What each accepted answer must be, where it must always be the same. */
  expectedBody?: string
}

/** What came of a load. */
export interface Run {
  /** Answers below 300. */
  accepted: number
  /** Refusals by error code. */
  refusals: Record<string, number>
  /** Answers that are no refusal of ours, wrong bodies and lost connections, by what they were. */
  failures: Record<string, number>
  /** From the first request to the last answer. */
  seconds: number
  /** From the first request to the last accepted answer. */
  secondsToLastAccepted: number
  latenciesMs: number[]
}

const requestTimeoutMs = 60_000
/** Also in an open loop a machine has an end; who waits for a socket waits in the latency. */
const maxSockets = 512

class Range {
  readonly run: Run = {
    accepted: 0,
    refusals: {},
    failures: {},
    seconds: 0,
    secondsToLastAccepted: 0,
    latenciesMs: [],
  }
  private readonly agent = new Agent({ keepAlive: true, maxSockets })
  private readonly url: URL
  private readonly startedAt = performance.now()

  constructor(private readonly load: Load) {
    this.url = new URL(load.baseUrl)
  }

  /** Sends one request. Its latency counts from `dueAt`, when it should have left, so that a late start shows. */
  async fire(shot: Shot, dueAt = performance.now()): Promise<void> {
    const outcome = await this.send(shot).catch((error: NodeJS.ErrnoException) => ({
      failure: error.code ?? error.message,
    }))
    const endedAt = performance.now()
    const { run } = this
    run.latenciesMs.push(endedAt - dueAt)
    run.seconds = (endedAt - this.startedAt) / 1_000
    if ('failure' in outcome) count(run.failures, outcome.failure)
    else if ('refusal' in outcome) count(run.refusals, outcome.refusal)
    else {
      run.accepted += 1
      run.secondsToLastAccepted = run.seconds
    }
  }

  close(): Run {
    this.agent.destroy()
    return this.run
  }

  private send({ method, path, token, key, body }: Shot) {
    const text = body === undefined ? '' : JSON.stringify(body)
    const headers: Record<string, string | number> = {}
    if (token) headers.authorization = `Bearer ${token}`
    if (key) headers['idempotency-key'] = key
    if (text) {
      headers['content-type'] = 'application/json'
      headers['content-length'] = Buffer.byteLength(text)
    }
    return new Promise<ReturnType<typeof judge>>((resolve, reject) => {
      const { hostname, port } = this.url
      const sent = request({ hostname, port, method, path, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8')
          resolve(judge(response.statusCode ?? 0, answer, this.load.expectedBody))
        })
      })
      sent.setTimeout(requestTimeoutMs, () => sent.destroy(new Error('no answer within a minute')))
      sent.on('error', reject)
      sent.end(text)
    })
  }
}

function judge(
  status: number,
  text: string,
  expectedBody: string | undefined,
): { failure: string } | { refusal: string } | { accepted: true } {
  if (status >= 200 && status < 300) {
    if (expectedBody !== undefined && text !== expectedBody) return { failure: 'another body' }
    return { accepted: true }
  }
  const code = /"code":"([a-z_.]+)"/.exec(text)?.[1]
  if (!code || code === 'service.failed') return { failure: `${status} ${code ?? ''}`.trim() }
  return { refusal: code }
}

const count = (counts: Record<string, number>, name: string) => {
  counts[name] = (counts[name] ?? 0) + 1
}

/** `width` clients, each asking again as soon as it was answered, until the time is over or there is no more to ask. */
export async function closedLoop(load: Load, options: { width: number; seconds: number }): Promise<Run> {
  const range = new Range(load)
  const until = performance.now() + options.seconds * 1_000
  const lane = async () => {
    while (performance.now() < until) {
      const shot = load.next()
      if (!shot) return
      await range.fire(shot)
    }
  }
  await Promise.all(Array.from({ length: options.width }, lane))
  return range.close()
}

/** Requests leave at a steady rate whether or not earlier ones were answered, as strangers' requests do. */
export async function openLoop(load: Load, options: { perSecond: number; seconds: number }): Promise<Run> {
  const range = new Range(load)
  const total = Math.max(1, Math.round(options.perSecond * options.seconds))
  const everyMs = 1_000 / options.perSecond
  const startedAt = performance.now()
  const underWay: Promise<void>[] = []
  for (let sent = 0; sent < total; sent += 1) {
    const dueAt = startedAt + sent * everyMs
    const earlyMs = dueAt - performance.now()
    if (earlyMs > 0) await setTimeout(earlyMs)
    const shot = load.next()
    if (!shot) break
    underWay.push(range.fire(shot, dueAt))
  }
  await Promise.all(underWay)
  return range.close()
}
