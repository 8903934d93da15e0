const { spawn } = require('node:child_process')
const { existsSync, readFileSync } = require('node:fs')
const { resolve } = require('node:path')

/** `npm run ledger:verify`: the ledger of MONGODB_URI or, without it, of the demo that runs here. */
const root = resolve(__dirname, '..')
const demo = resolve(root, '.data/demo/running.json')

function mongodbUri() {
  if (process.env.MONGODB_URI) return process.env.MONGODB_URI
  if (existsSync(demo)) return JSON.parse(readFileSync(demo, 'utf8')).mongodbUri
  throw new Error('Set MONGODB_URI, or start the demo first: npm run demo')
}

try {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'bff/ledger-verify.ts', ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, MONGODB_URI: mongodbUri() },
    },
  )
  child.once('exit', (code) => {
    process.exitCode = code ?? 2
  })
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
}
