import { randomBytes } from 'node:crypto'

/**
 * A new identifier: 48 bits of time and 80 random bits in hex, so that ids made later sort later
 * (index inserts stay at one end) and none can be guessed.
 */
export const newId = (): string => {
  const time = Date.now().toString(16).padStart(12, '0')
  return time + randomBytes(10).toString('hex')
}
