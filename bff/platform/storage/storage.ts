import { createDiskStorage } from './disk-storage'
import { createS3Storage, type S3Settings } from './s3-storage'

/** Where bytes lie that are too large for the database. Never called inside a transaction. */
export interface Storage {
  /** Keeps bytes under a new key; a key that exists is written over. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>
  /** The bytes of a key, or null when there are none. */
  get(key: string): Promise<Buffer | null>
  /** Forgets a key; one that is not there is forgotten already. */
  remove(key: string): Promise<void>
}

/** An S3-compatible bucket where one is set up, else a folder of this machine. */
export const createStorage = (settings: { folder: string; s3: S3Settings | null }): Storage =>
  settings.s3 ? createS3Storage(settings.s3) : createDiskStorage(settings.folder)
