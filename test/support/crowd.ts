import type { Answer, Json } from './client'

/** Runs `work` for each item, at most `width` at a time, in order of results. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next++
      const item = items[index] as T
      results[index] = await work(item, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return results
}

/** `n` things made by `make`, eight at a time. */
export const many = <R>(n: number, make: () => Promise<R>): Promise<R[]> =>
  inParallel(Array.from({ length: n }), 8, () => make())

/** Tries again while the answer is 503 `service.busy`, as a client may; any other answer is final. */
export async function untilTyped(send: () => Promise<Answer<Json>>, attempts = 40): Promise<Answer<Json>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send()
    if (answer.status !== 503 || attempt === attempts) return answer
  }
}

/**
 * A connection that a server closes for being idle takes the request with it that went out at that moment. Nobody answered
 * it, so a client asks again under the same key; that looks like a 503 here. A server that is gone is another failure.
 */
export const unlessDropped = (answer: Promise<Answer<Json>>): Promise<Answer<Json>> =>
  answer.catch((error: Error & { cause?: { code?: string } }) => {
    if (error.cause?.code !== 'UND_ERR_SOCKET') throw error
    return { status: 503, body: null, headers: new Headers() }
  })

/** How often each outcome came: 201, or the error's code. */
export function tally(answers: readonly Answer<Json>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const outcome = body?.error?.code ?? String(status)
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}
