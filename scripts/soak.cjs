const { spawn, spawnSync } = require('node:child_process')
const { randomInt } = require('node:crypto')
const { reasonNotToInstall } = require('../bff/local/services/apt.cjs')
const { thisMachine } = require('../bff/local/services/machine.cjs')
const { checkNode } = require('./check-node.cjs')
const { ensureInstalled } = require('./ensure-installed.cjs')
const { createSteps } = require('./steps.cjs')

/**
 * `npm run soak`: a first run on a bare Debian, then the random histories, crowds and faults in full, where `npm test` runs a sample. Prints its seed;
 * `SEED=<n> npm run soak` runs the same again. Arguments go to jest.
 */
/** @returns {boolean} whether it failed */
function checkFirstRun() {
  const reason = reasonNotToInstall(thisMachine(process.env))
  if (reason) console.log(`not run: check:first-run, ${reason}`)
  const program = ['scripts/check-first-run.cjs']
  return !reason && spawnSync(process.execPath, program, { stdio: 'inherit' }).status !== 0
}

async function main() {
  checkNode(process.versions.node)
  await ensureInstalled(createSteps(Date.now(), process.stdout))
  const hasFirstRunFailed = checkFirstRun()
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
    if (hasFirstRunFailed) console.log('check:first-run: failed, see the beginning')
    process.exitCode = (code ?? 1) || Number(hasFirstRunFailed)
  })
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
