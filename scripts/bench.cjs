const { spawn } = require('node:child_process')
const { checkNode } = require('./check-node.cjs')
const { ensureInstalled } = require('./ensure-installed.cjs')
const { createSteps } = require('./steps.cjs')

/** `npm run bench`: installs what is missing, then measures Jili against its floors. Arguments go to the bench. */
async function main() {
  checkNode(process.versions.node)
  await ensureInstalled(createSteps(Date.now(), process.stderr))
  const args = ['--import', 'tsx', 'test/bench/bench.main.ts', ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
