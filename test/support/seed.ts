import fc from 'fast-check'

/** `npm run soak` sets SOAK and a new SEED; `npm test` runs the same sample each time. */
export const isSoak = process.env.SOAK === 'on'
export const seed = Number(process.env.SEED ?? 20_260_101)

/** One value of an arbitrary, the same for the same seed; `nth` tells several of one run apart. */
export function drawn<T>(arbitrary: fc.Arbitrary<T>, nth = 0): T {
  const [value] = fc.sample(arbitrary, { seed: seed + nth, numRuns: 1 })
  return value as T
}
