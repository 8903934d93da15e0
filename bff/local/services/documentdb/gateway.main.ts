import { Gateway } from './gateway'

/**
 * The gateway runs as a process of its own, so that its work shows up in no event loop that is measured, and so that a
 * test can kill it. Usage: gateway.main.ts <port> <port of PostgreSQL>
 */
async function main(): Promise<void> {
  const [port, postgresPort] = process.argv.slice(2).map(Number)
  if (!port || !postgresPort) throw new Error('usage: gateway.main.ts <port> <port of PostgreSQL>')
  const gateway = new Gateway({ port, postgresPort, report: (line) => console.error(line) })
  process.once('SIGTERM', () => void gateway.stop().then(() => process.exit(0)))
  await gateway.start()
  console.log(`listening on 127.0.0.1:${port}`)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
