/** Repeats `attempt` until it no longer throws, and gives its result; fails with its last error. */
export async function eventually<T>(
  attempt: () => T | Promise<T>,
  { withinMs, everyMs = 20 }: { withinMs: number; everyMs?: number },
): Promise<T> {
  const until = Date.now() + withinMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() >= until) throw error
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  }
}
