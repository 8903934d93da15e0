const { spawn } = require('node:child_process')
const { resolve } = require('node:path')

/** `npm run shop-simulator`: tells a Jili that runs, by default the demo here, a believable day of purchases. */
const child = spawn(
  process.execPath,
  ['--import', 'tsx', 'bff/local/shop/simulator.main.ts', ...process.argv.slice(2)],
  { cwd: resolve(__dirname, '..'), stdio: 'inherit' },
)
child.once('exit', (code) => {
  process.exitCode = code ?? 1
})
