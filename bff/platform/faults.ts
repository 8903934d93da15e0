/**
 * Hears of what nobody foresaw: an exception or a rejection that no code caught. Without a listener Node ends the process on the
 * spot, with every request under way.
 */
export function watchFaults(onFault: (error: unknown) => void): void {
  // A rejection that nobody handles arrives here too.
  process.on('uncaughtException', onFault)
  // Whoever read our output went away: no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
