import type { z } from 'zod'
import { counterexamples } from './counterexamples'

type Check = z.core.$ZodChecks['_zod']['def'] | z.core.$ZodCustomDef

/** What a schema asks of a value beside its type. */
export function checksOf(schema: z.core.$ZodType): Check[] {
  const def = schema._zod.def as z.core.$ZodTypeDef & { check?: string; checks?: z.core.$ZodCheck<never>[] }
  return [
    ...(def.check ? [def] : []),
    ...(def.checks ?? []).map(({ _zod }) => _zod.def),
  ] as unknown as Check[]
}

/** Values that break one check, made from one that passes. @throws for a check or refinement that it does not know */
export function* wrongFor(
  check: Check,
  sample: unknown,
  path: string,
): Generator<{ what: string; value: unknown }> {
  switch (check.check) {
    case 'min_length':
      if (check.minimum > 0) yield { what: 'is too short', value: ofLength(sample, check.minimum - 1) }
      return
    case 'max_length':
      yield { what: 'is too long', value: ofLength(sample, check.maximum + 1) }
      return
    case 'length_equals':
      yield { what: 'is too short', value: ofLength(sample, check.length - 1) }
      yield { what: 'is too long', value: ofLength(sample, check.length + 1) }
      return
    case 'greater_than':
      yield { what: 'is too small', value: Number(check.value) - 1 }
      return
    case 'less_than':
      yield { what: 'is too large', value: Number(check.value) + 1 }
      return
    case 'number_format':
      yield { what: 'is no whole number', value: 1.5 }
      yield { what: 'is past all numbers', value: 1e300 }
      return
    case 'string_format':
      yield { what: `is no ${check.format}`, value: unlike(check, path) }
      return
    case 'custom': {
      const message = messageOf(check)
      const make = counterexamples[message]
      if (!make) throw new Error(`${path}: say in test/support/counterexamples.ts what breaks "${message}"`)
      yield { what: `breaks "${message}"`, value: make(sample) }
      return
    }
    // Changes what was sent, and refuses nothing.
    case 'overwrite':
      return
    default:
      throw new Error(
        `${path} has a check "${check.check}", which test/support/broken-checks.ts cannot break`,
      )
  }
}

const ofLength = (sample: unknown, length: number): unknown =>
  Array.isArray(sample)
    ? Array.from({ length }, (_, index) => sample[index % sample.length])
    : 'x'.repeat(length)

function unlike(check: z.core.$ZodCheckStringFormatDef, path: string): string {
  const wrong = ['!', '', '汉字', 'A B', '\u0000'].find((text) => !check.pattern?.test(text))
  if (wrong === undefined)
    throw new Error(`${path} takes every text that test/support/broken-checks.ts knows`)
  return wrong
}

const messageOf = ({ error }: z.core.$ZodCustomDef): string => {
  const message = error?.({ code: 'custom', input: undefined, path: [] } as never)
  return typeof message === 'string' ? message : String(message?.message)
}
