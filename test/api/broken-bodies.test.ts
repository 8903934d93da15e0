import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { requestExample } from '#bff/http/openapi'
import { standInAccount, standInAccountSettings } from '#bff/local/wechat/state'
import { signPush } from '#bff/platform/wechat/official-account'
import type { Contract } from '#shared/contracts/contract'
import { allContracts } from '#shared/contracts/index'
import { openScopes } from '#shared/domain/enums'
import { type BffProcess, startBffProcess } from '#test/support/app'
import type { Json } from '#test/support/client'
import { inParallel } from '#test/support/crowd'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { type OpenCredentials, openHeaders } from '#test/support/open-client'
import { sendBytes } from '#test/support/raw-http'
import { formOf, picture, upload } from '#test/support/upload'
import { type BrokenForm, brokenForms, type GoodBody } from './broken-bodies.forms'

/** One process from the first request to the last. */
let bff: BffProcess
let settings: NodeJS.ProcessEnv
let bornAt: string
const log: Json[] = []
const tokens: Record<string, string> = {}
let client: OpenCredentials

beforeAll(async () => {
  settings = testSettings({ LOG_LEVEL: 'error', ...standInAccountSettings })
  bff = await startBffProcess(settings, 'bff/main.ts', (line) => log.push(line))
  const make = createFactories(bff.send)
  tokens.member = (await make.member()).token
  tokens.staff = (await make.staff()).token
  tokens.admin = await make.adminToken()
  client = await make.openClient({ scopes: [...openScopes] })
  bornAt = await birth()
})
afterAll(async () => {
  await bff.stop()
  const connection = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
  await connection.dropDatabase()
  await connection.close()
})

async function birth(): Promise<string> {
  const { body } = await bff.send('GET', '/metrics')
  return /^process_start_time_seconds (\S+)$/m.exec(body)?.[1] ?? 'no metrics'
}

const takesBody = ({ body, csvMaxBytes, consumes }: Contract) => Boolean(body || csvMaxBytes || consumes)

function goodBodyOf(contract: Contract): GoodBody {
  if (contract.csvMaxBytes) return { kind: 'csv', type: 'text/csv', bytes: Buffer.from('code\nA1\n') }
  if (contract.consumes === 'xml')
    return {
      kind: 'xml',
      type: 'text/xml',
      bytes: Buffer.from('<xml><FromUserName>oa-nobody</FromUserName><MsgType>text</MsgType></xml>'),
    }
  if (contract.consumes === 'image') {
    const disposition = 'Content-Disposition: form-data; name="file"; filename="a.png"'
    const form = `--x\r\n${disposition}\r\nContent-Type: image/png\r\n\r\nno picture\r\n--x--\r\n`
    return { kind: 'image', type: 'multipart/form-data; boundary=x', bytes: Buffer.from(form) }
  }
  const text = JSON.stringify(requestExample(contract) ?? {})
  return { kind: 'json', type: 'application/json', bytes: Buffer.from(text) }
}

/** Who may call the operation: a broken body must get as far as a good one. */
function requestLine(contract: Contract, body: Buffer): string[] {
  const path = contract.path.replace(/:\w+/g, 'unknown')
  const stamp = { timestamp: String(Math.floor(Date.now() / 1_000)), nonce: randomUUID() }
  const signed = { ...stamp, signature: signPush(standInAccount.token, stamp) }
  const target = contract.actor === 'wechat' ? `${path}?${new URLSearchParams(signed)}` : path
  const { method } = contract
  const open = { method, target, body: body.toString(), timestamp: Date.now(), nonce: randomUUID() }
  const token = tokens[contract.actor === 'member-optional' ? 'member' : contract.actor]
  const headers = {
    Host: 'jili',
    Connection: 'close',
    'Idempotency-Key': randomUUID(),
    ...(contract.actor === 'open' ? openHeaders(client, open) : {}),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  }
  return [`${method} ${target} HTTP/1.1`, ...Object.entries(headers).map((pair) => pair.join(': '))]
}

async function outcomeOf(contract: Contract, form: BrokenForm) {
  const { headers, body, ending } = form
  const head = [...requestLine(contract, body), ...Object.entries(headers).map((pair) => pair.join(': '))]
  return sendBytes(bff.baseUrl, { head, body, ...(ending ? { ending } : {}) })
}

/** What each form came to, of those that came to something wrong. */
async function wrongOutcomes(contract: Contract): Promise<string[]> {
  const wrong: string[] = []
  await inParallel(brokenForms(goodBodyOf(contract)), 24, async (form) => {
    const { status, text } = await outcomeOf(contract, form)
    // Who hung up sees no answer, and without all of a body there may be none.
    const isExpected = form.ending === 'hang up' || (form.expected?.includes(status) ?? status < 500)
    if (!isExpected) wrong.push(`${form.what}: ${status} ${text.slice(0, 200)}`)
  })
  return wrong
}

const withBody = allContracts.filter(takesBody)

test.each(withBody.map((contract) => [contract.id, contract] as const))(
  '%s answers or cuts every broken body, and the process stands',
  async (_id, contract) => {
    expect(await wrongOutcomes(contract)).toEqual([])
    // A process that is failing still answers, and says so in the log.
    expect(log).toEqual([])
    expect(await birth()).toBe(bornAt)
  },
)

test('afterwards ordinary requests work as before, and nothing was worth a line in the log', async () => {
  expect((await bff.send('GET', '/api/member/me', { token: tokens.member })).status).toBe(200)
  const made = await upload(bff.baseUrl, tokens.member, formOf(await picture()))
  expect(made.status).toBe(201)
  expect(log).toEqual([])
  expect(await birth()).toBe(bornAt)
})
