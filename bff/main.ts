import { parseArgs } from 'node:util'
import { startApp } from './app'
import { readEnv } from './env'

const { values } = parseArgs({ options: { services: { type: 'string', default: 'web,worker' } } })
const wanted = values.services.split(',')

async function main(): Promise<void> {
  const unknown = wanted.filter((name) => name !== 'web' && name !== 'worker')
  if (unknown.length > 0) throw new Error(`--services takes web and worker, not ${unknown.join(', ')}`)
  const app = await startApp({
    env: readEnv(process.env),
    runs: { web: wanted.includes('web'), worker: wanted.includes('worker') },
  })
  console.log(JSON.stringify({ listening: app.port, services: wanted }))
  let isStopping = false
  const stop = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
