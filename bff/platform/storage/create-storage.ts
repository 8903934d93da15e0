import { createDiskStorage } from './disk-storage'
import { createS3Storage, type S3Settings } from './s3-storage'
import type { Storage } from './storage'

/** An S3-compatible bucket where one is set up, else a folder of this machine. */
export const createStorage = (settings: { folder: string; s3: S3Settings | null }): Storage =>
  settings.s3 ? createS3Storage(settings.s3) : createDiskStorage(settings.folder)
