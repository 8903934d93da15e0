import type { RunningService } from './running-service'

export interface MongodbService extends RunningService {
  /** For a driver: a replica set, and the database that Jili uses. */
  readonly uri: string
  /** @param part DocumentDB runs as two processes, and a test may take away one of them; by default all are killed */
  kill(part?: 'postgres' | 'gateway'): Promise<void>
}
