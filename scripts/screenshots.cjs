const { spawn } = require('node:child_process')
const { resolve } = require('node:path')
const { checkNode } = require('./check-node.cjs')

/**
 * `npm run screenshots`: builds the H5, makes a demo world whose day never changes, and photographs every page into
 * docs/screenshots. Arguments choose shots by the start of their names.
 */
const root = resolve(__dirname, '..')

async function main() {
  checkNode(process.versions.node)
  const steps = require('./steps.cjs').createSteps(Date.now(), process.stdout)
  await require('./ensure-installed.cjs').ensureInstalled(steps)
  const chromium = await require('./ensure-browser.cjs').ensureBrowser(steps.line)
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/screenshots/take-screenshots.main.ts', ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: chromium } },
  )
  // Ctrl-C reaches the child through the terminal; we stay to see it end.
  process.on('SIGINT', () => undefined)
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
