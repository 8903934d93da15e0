import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { buildSync } from 'esbuild'

const outDir = resolve('dist/bench')

/** Bundles the BFF and the floors as production would be, so that no compiler runs under load. */
export function bundle(): void {
  buildSync({
    entryPoints: { bff: 'bff/main.ts', floor: 'test/bench/floor/floor.main.ts' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    outdir: outDir,
    logLevel: 'warning',
  })
}

/** What a process says of itself at `/metrics`. */
export interface Gauges {
  transactionRetries: number
  cpuSeconds: number
  residentBytes: number
}

/** A server under load, in a process of its own. */
export interface ServerProcess {
  baseUrl: string
  gauges(): Promise<Gauges>
  stop(): Promise<void>
}

/** Starts a bundle and waits until it says where it listens. */
export async function startServer(
  name: 'bff' | 'floor',
  settings: NodeJS.ProcessEnv,
  options: { args?: string[]; nodeArgs?: string[] } = {},
): Promise<ServerProcess> {
  const { args = [], nodeArgs = [] } = options
  const child = spawn(process.execPath, [...nodeArgs, `${outDir}/${name}.js`, ...args], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  // However this process ends, the one under load does not stay.
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const baseUrl = `http://127.0.0.1:${await readPort(name, child)}`
  return {
    baseUrl,
    gauges: async () => parseGauges(await (await fetch(`${baseUrl}/metrics`)).text()),
    async stop() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', end)
    },
  }
}

const readPort = (name: string, child: ChildProcess): Promise<number> =>
  new Promise((found, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened`)))
    if (!child.stdout) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /"listening":(\d+)/.exec(line)?.[1]
      if (port) found(Number(port))
    })
  })

function parseGauges(text: string): Gauges {
  const read = (metric: string) => Number(new RegExp(`^${metric} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  return {
    transactionRetries: read('jili_transaction_retries_total'),
    cpuSeconds: read('process_cpu_seconds_total'),
    residentBytes: read('process_resident_memory_bytes'),
  }
}
