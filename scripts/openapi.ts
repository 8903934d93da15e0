import { readFileSync, writeFileSync } from 'node:fs'
import { createOpenApi } from '#bff/http/openapi'

/** Writes `docs/openapi.json` from the contracts, or with `--check` says whether it is what they say. */
const file = 'docs/openapi.json'
const wanted = `${JSON.stringify(createOpenApi(), null, 2)}\n`

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted)
} else if (readFileSync(file, 'utf8') !== wanted) {
  console.error(
    `${file} is not what the contracts say: run "npm run openapi" and look at what changed for clients`,
  )
  process.exitCode = 1
}
