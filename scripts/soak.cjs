const { spawn } = require('node:child_process')
const { randomInt } = require('node:crypto')
const { checkNode } = require('./check-node.cjs')
const { ensureInstalled } = require('./ensure-installed.cjs')
const { createSteps } = require('./steps.cjs')

/**
 * `npm run soak`: the random histories, crowds and faults in full, where `npm test` runs a sample. Prints its seed;
 * `SEED=<n> npm run soak` runs the same again. Arguments go to jest.
 */
async function main() {
  checkNode(process.versions.node)
  await ensureInstalled(createSteps(Date.now(), process.stdout))
  const seed = process.env.SEED || String(randomInt(1_000_000_000))
  console.log(`SEED=${seed}`)
  const child = spawn(
    process.execPath,
    [
      'node_modules/jest/bin/jest.js',
      '--selectProjects=bff',
      '--testPathPatterns=test/(invariants|concurrency|faults)/',
      '--runInBand',
      '--verbose',
      ...process.argv.slice(2),
    ],
    { stdio: 'inherit', env: Object.assign({ HISTORIES: '200' }, process.env, { SOAK: 'on', SEED: seed }) },
  )
  child.once('exit', (code) => {
    console.log(`SEED=${seed}: ${code === 0 ? 'all promises held' : 'failed'}`)
    process.exitCode = code ?? 1
  })
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
