import { createCipheriv } from 'node:crypto'
import type { RainTerms } from './rain.model'

/** Gives a whole number from 0 up to, not including, `below`. */
export type Dice = (below: number) => number

/** Random numbers that are the same for the same 32 bytes: the key stream of AES-256 in counter mode, without bias. */
export function createDice(seed: Buffer): Dice {
  const stream = createCipheriv('aes-256-ctr', seed, Buffer.alloc(16))
  const nothing = Buffer.alloc(4 * 1_024)
  let drawn = Buffer.alloc(0)
  let offset = 0
  const next = () => {
    if (offset === drawn.length) {
      drawn = stream.update(nothing)
      offset = 0
    }
    offset += 4
    return drawn.readUInt32BE(offset - 4)
  }
  return (below) => {
    // Of the last, broken round of 2^32 nothing is taken: it would favour the small numbers.
    const fair = 2 ** 32 - (2 ** 32 % below)
    let number = next()
    while (number >= fair) number = next()
    return number % below
  }
}

/**
 * The points of each packet: at random, none below the least or above the most, all together exactly the budget. Each is
 * drawn around what is left for the average, so that those dealt first are no better than those dealt last.
 */
export function dealPoints(
  { budgetPoints, packetCount, minPoints, maxPoints }: RainTerms,
  dice: Dice,
): number[] {
  const room = maxPoints - minPoints
  const extra = budgetPoints - minPoints * packetCount
  // Above the middle what lacks to the most is dealt in place of what is above the least.
  const isLacking = extra * 2 > room * packetCount
  let left = isLacking ? room * packetCount - extra : extra
  return Array.from({ length: packetCount }, (_, position) => {
    const after = packetCount - position - 1
    const least = Math.max(0, left - room * after)
    const most = after === 0 ? left : Math.min(room, left, Math.ceil((2 * left) / (after + 1)))
    const drawn = least + dice(Math.max(0, most - least) + 1)
    left -= drawn
    return isLacking ? maxPoints - drawn : minPoints + drawn
  })
}
