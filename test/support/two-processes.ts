import mongoose from 'mongoose'
import { type BffProcess, startBffProcess } from './app'

/** Two processes as in production, on one database. One starts after the other, so that both know one owner. */
export async function withTwoProcesses(
  settings: NodeJS.ProcessEnv,
  work: (processes: [BffProcess, BffProcess]) => Promise<void>,
): Promise<void> {
  const processes: BffProcess[] = []
  try {
    for (let count = 0; count < 2; count += 1) processes.push(await startBffProcess(settings))
    await work(processes as [BffProcess, BffProcess])
  } finally {
    for (const bff of processes) await bff.stop()
    const connection = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
    await connection.dropDatabase()
    await connection.close()
  }
}
