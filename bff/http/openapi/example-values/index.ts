import { valuesOfEarning } from './earning'
import { valuesOfEverywhere } from './everywhere'
import { valuesOfMall } from './mall'

/** What fields of a name look like in the examples of the API; `examples.ts` says how a name is found. */
export const exampleValues: Record<string, unknown> = {
  ...valuesOfEverywhere,
  ...valuesOfMall,
  ...valuesOfEarning,
}
