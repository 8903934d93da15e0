const { spawn } = require('node:child_process')
const { reasonNotToInstall } = require('../bff/local/services/apt.cjs')
const { thisMachine } = require('../bff/local/services/machine.cjs')
const { checkNode } = require('./check-node.cjs')
const { ensureBrowser } = require('./ensure-browser.cjs')
const { ensureInstalled } = require('./ensure-installed.cjs')
const { ensureMachine } = require('./ensure-machine.cjs')
const { isProved } = require('./first-run-inputs.cjs')
const { createSteps } = require('./steps.cjs')

/** `npm test`: installs what is missing, then runs every check and every test. Arguments go to jest. */
const steps = createSteps(Date.now(), process.stdout)

function run(title, command, args, env = {}) {
  steps.line(title)
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
    // Ctrl-C reaches the child through the terminal; we stay to see it end.
    const wait = () => undefined
    process.on('SIGINT', wait)
    child.once('exit', (code, signal) => {
      process.off('SIGINT', wait)
      if (code === 0) resolve()
      else reject(new Error(`${title}: failed (${signal ?? code})`))
    })
  })
}

/** A first run takes minutes, so it is tried only when what decides about it has changed since it last worked. */
async function checkFirstRun() {
  const notRun = whyFirstRunIsNotChecked()
  if (notRun) steps.line(`not run: check:first-run, ${notRun}`)
  else
    await run('trying a first run, for what it needs has changed', process.execPath, [
      'scripts/check-first-run.cjs',
    ])
}

function whyFirstRunIsNotChecked() {
  if (process.env.JILI_FIRST_RUN) return 'for this is one'
  try {
    if (isProved()) return 'for nothing that it needs has changed since it was green'
  } catch (error) {
    return `for this is no clone with its history (${error.message.split('\n')[0]})`
  }
  const reason = reasonNotToInstall(thisMachine(process.env))
  return reason && `though what it needs has changed: ${reason}`
}

async function main() {
  checkNode(process.versions.node)
  const jestArgs = process.argv.slice(2)
  await ensureInstalled(steps, () => ensureMachine(steps, { withBrowser: true }))
  const chromium = await ensureBrowser(steps.line)
  if (jestArgs.length === 0) {
    await run('checking types, lint, boundaries, dead code and OpenAPI', 'npm', ['run', '--silent', 'check'])
    await checkFirstRun()
  }
  await run('running the tests', process.execPath, ['node_modules/jest/bin/jest.js', ...jestArgs], {
    CHROMIUM_PATH: chromium,
  })
  steps.line('done')
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
