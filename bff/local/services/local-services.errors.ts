/** Stops a start: what is wrong and what can be done, in words for whoever ran the command. */
export class LocalServicesError extends Error {
  override readonly name = 'LocalServicesError'
}
