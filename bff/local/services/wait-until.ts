/** Asks again and again until `condition` holds. @returns whether it held in time */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 10 }: { withinMs: number; everyMs?: number },
): Promise<boolean> {
  const until = Date.now() + withinMs
  while (!(await condition())) {
    if (Date.now() >= until) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return true
}
