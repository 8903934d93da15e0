const { spawn } = require('node:child_process')
const { resolve } = require('node:path')
const { checkNode } = require('./check-node.cjs')

/**
 * `npm run dev`: installs what is missing, then runs the BFF and the H5 from their sources, both anew after each
 * change. Runs before node_modules exists, so it uses nothing but Node.
 */
const root = resolve(__dirname, '..')
const startedAt = Date.now()

/**
 * A process group of its own: Ctrl-C reaches it once, through here, and what is left of the group when it has ended
 * is ended too. Should this process die, the child sees the channel between them close.
 */
function runDev(args) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bff/local/dev/start.ts', ...args], {
    cwd: root,
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      JILI_DATA_DIR: process.env.JILI_DATA_DIR || '.data/dev',
      JILI_DEV_STARTED_AT: String(startedAt),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => {
    try {
      process.kill(-child.pid, 'SIGTERM')
    } catch {
      // Nothing is left of the group.
    }
    process.exitCode = code ?? 1
  })
}

async function main() {
  checkNode(process.versions.node)
  // Loaded only now: an old Node could not even read them.
  const { ensureInstalled } = require('./ensure-installed.cjs')
  const { ensureMachine } = require('./ensure-machine.cjs')
  const steps = require('./steps.cjs').createSteps(startedAt, process.stdout)
  await ensureInstalled(steps, () => ensureMachine(steps))
  runDev(process.argv.slice(2))
}

main().catch((error) => {
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
})
