import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { paths } from '../demo/paths'
import { startLocalServices } from '../services/index'

/**
 * `npm run test:watch`: jest sets up and tears down around each run, so the databases are started here once and it
 * finds them configured. Arguments go to jest.
 */
async function main(): Promise<void> {
  const services = await startLocalServices({
    dataDir: join(paths.root, '.data/test-watch'),
    report: (line) => console.log(`  ${line}`),
  })
  const jest = createRequire(__filename).resolve('jest/bin/jest')
  const child = spawn(process.execPath, [jest, '--watch', ...process.argv.slice(2)], {
    cwd: paths.root,
    stdio: 'inherit',
    env: { ...process.env, MONGODB_URI: services.mongodbUri, REDIS_URL: services.redisUrl },
  })
  // The terminal passes Ctrl-C on to jest; the databases end after it.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  await services.stop()
  process.exitCode = exitCode ?? 0
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
