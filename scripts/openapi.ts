import { readFileSync, writeFileSync } from 'node:fs'
import { createOpenApi } from '#bff/http/openapi'
import { lintOpenApi } from './lint-openapi'

/**
 * Writes `docs/openapi.json` from the contracts, or with `--check` says whether it is what they say, and whether it is
 * a good document.
 */
const file = 'docs/openapi.json'

async function main(): Promise<void> {
  const document = createOpenApi()
  const wanted = `${JSON.stringify(document, null, 2)}\n`
  if (!process.argv.includes('--check')) return writeFileSync(file, wanted)
  const faults = await lintOpenApi(document)
  if (readFileSync(file, 'utf8') !== wanted)
    faults.push(
      `${file} is not what the contracts say: run "npm run openapi" and look at what changed for clients`,
    )
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
}

void main()
