import { parseArgs } from 'node:util'
import { startWechatStandIn } from './stand-in'

/** The stand-in as a process of its own: prints where it listens as one JSON line, ends on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
  const standIn = await startWechatStandIn({ port: Number(values.port) })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void standIn.stop())
  const { baseUrl, appId, appSecret } = standIn
  console.log(JSON.stringify({ baseUrl, appId, appSecret }))
}

void main()
