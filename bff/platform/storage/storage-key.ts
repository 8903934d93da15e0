import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'

const pattern = /^[0-9a-f]{2}\/[0-9a-f]{32}$/

/** A new key of 128 random bits: it says nothing of its owner, and its first digits spread files over 256 folders. */
export const newStorageKey = (): string => {
  const name = randomBytes(16).toString('hex')
  return `${name.slice(0, 2)}/${name}`
}

/** Only keys of ours become paths, so that none leads out of the folder. */
export const assertStorageKey = (key: string): void => assert.match(key, pattern, 'a storage key of ours')
