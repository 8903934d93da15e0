import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { type LocalServices, type LocalServicesOptions, startLocalServices } from '#bff/local/services/index'

/** Which way the shared MongoDB was started; the suites carry it in their names. */
export const activeWay = process.env.MONGODB_WAY ?? 'configured'

/** The environment without the shared services, so that a starter starts its own. */
export const environmentWithoutServices: NodeJS.ProcessEnv = {
  ...process.env,
  MONGODB_URI: undefined,
  REDIS_URL: undefined,
}

/** A connection to a database of its own, dropped at the end of the test file. */
export async function connectToFreshDatabase(
  uri = process.env.MONGODB_URI ?? '',
): Promise<mongoose.Connection> {
  const dbName = `local_${randomUUID().slice(0, 8)}`
  return mongoose
    .createConnection(uri, { dbName, maxPoolSize: 64, serverSelectionTimeoutMS: 20_000 })
    .asPromise()
}

export async function dropAndClose(connection: mongoose.Connection): Promise<void> {
  await connection.dropDatabase()
  await connection.close()
}

export function temporaryDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'jili-services-'))
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true })
}

/** Services that a test may kill: not the ones that the other test files share. */
export async function startOwnServices(
  dataDir: string,
  options: Partial<LocalServicesOptions> = {},
): Promise<{ services: LocalServices; lines: string[] }> {
  const lines: string[] = []
  const services = await startLocalServices({
    dataDir,
    report: (line) => lines.push(line),
    env: environmentWithoutServices,
    ...options,
  })
  return { services, lines }
}

/** What a promise that must fail failed with. */
export async function failureOf(promise: Promise<unknown>): Promise<mongoose.mongo.MongoServerError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof mongoose.mongo.MongoServerError) return error
  throw error ?? new Error('it did not fail')
}
