import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'

const pattern = /^(?:[0-9a-f]{2}\/[0-9a-f]{32}|pictures\/[0-9a-f]{2}\/[0-9a-f]{32}(?:-\d{3,4})?)$/

/** A new name of 128 random bits: it says nothing of its owner. */
export const newStorageName = (): string => randomBytes(16).toString('hex')

/** A new key of what is somebody's own. The name's first digits spread files over 256 folders. */
export const newStorageKey = (): string => {
  const name = newStorageName()
  return `${name.slice(0, 2)}/${name}`
}

/**
 * The key of a copy of a public picture. They lie under a prefix of their own: only keys made here are served to everybody,
 * and no address leads from here to what is somebody's own.
 */
export const pictureKeyOf = (copy: string): string => `pictures/${copy.slice(0, 2)}/${copy}`

/** Only keys of ours become paths, so that none leads out of the folder. */
export const assertStorageKey = (key: string): void => assert.match(key, pattern, 'a storage key of ours')
