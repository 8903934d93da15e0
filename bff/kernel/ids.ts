import { randomUUID } from 'node:crypto'

/**
 * A new identifier: 48 bits of time and 80 random bits in hex, so that ids made later sort later
 * (index inserts stay at one end) and none can be guessed.
 */
export const newId = (): string => {
  const time = Date.now().toString(16).padStart(12, '0')
  // The parts of a random UUID that are random throughout; node draws many of them at once.
  const uuid = randomUUID()
  return time + uuid.slice(0, 8) + uuid.slice(24)
}
