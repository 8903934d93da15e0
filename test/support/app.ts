import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import mongoose from 'mongoose'
import { type App, startApp } from '#bff/app'
import { undocumentedAnswers } from '#bff/http/check-answers'
import type { Route } from '#bff/platform/route'
import { createClient, type Send } from './client'
import { testEnv } from './environment'

export interface TestApp {
  send: Send
  app: App
  baseUrl: string
  /** Delivers everything that waits in the outbox, without waiting for the worker. */
  deliverOutbox(): Promise<void>
  stop(): Promise<void>
}

/** A BFF in this process, on a database of its own that is dropped at the end. */
export async function startTestApp(
  overrides: NodeJS.ProcessEnv = {},
  extraRoutes: readonly Route[] = [],
): Promise<TestApp> {
  const app = await startApp({ env: testEnv(overrides), runs: { web: true, worker: false }, extraRoutes })
  const baseUrl = `http://127.0.0.1:${app.port}`
  return {
    app,
    baseUrl,
    send: createClient(baseUrl),
    async deliverOutbox() {
      while ((await app.services.outbox.deliver()) > 0);
    },
    async stop() {
      await mongoose.connection.dropDatabase()
      await app.stop()
      if (undocumentedAnswers.length > 0)
        throw new Error(`not in the OpenAPI document:\n${undocumentedAnswers.splice(0).join('\n')}`)
    },
  }
}

export interface BffProcess {
  send: Send
  baseUrl: string
  process: ChildProcess
  stop(): Promise<void>
  kill(): Promise<void>
}

/** A BFF in a process of its own, as in production; `onLine` gets the other lines that it prints, as objects. */
export async function startBffProcess(
  settings: NodeJS.ProcessEnv,
  entry = 'bff/main.ts',
  onLine: (line: object, bff: ChildProcess) => void = () => undefined,
): Promise<BffProcess> {
  const loader = entry.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...loader, entry], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  // It may be killed while it is written to.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the BFF ended with ${code} before it listened`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { listening?: number }
      if (message.listening) resolve(message.listening)
      else onLine(message, child)
    })
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  const baseUrl = `http://127.0.0.1:${port}`
  return {
    baseUrl,
    send: createClient(baseUrl),
    process: child,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
