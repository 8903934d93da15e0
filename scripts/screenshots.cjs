const { spawn } = require('node:child_process')
const { resolve } = require('node:path')
const { checkNode } = require('./check-node.cjs')

/**
 * `npm run screenshots`: builds the H5, makes a demo world whose day never changes, and photographs every page into
 * docs/screenshots. Arguments choose shots by the start of their names.
 */
const root = resolve(__dirname, '..')
const startedAt = Date.now()
const report = (line) =>
  console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s] ${line}`)

async function main() {
  checkNode(process.versions.node)
  await require('./ensure-installed.cjs').ensureInstalled(report)
  const chromium = require('./ensure-browser.cjs').ensureBrowser(report)
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
