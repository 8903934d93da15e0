/** Stops the demo: what is wrong and what to do about it, in words for whoever ran the command. */
export class DemoProblem extends Error {
  override readonly name = 'DemoProblem'
}
