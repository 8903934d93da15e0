const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')
const { npmInstall } = require('./npm-install.cjs')

const root = resolve(__dirname, '..')

/** The packages of a lock file, or null when there is none to read. */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return null
  }
}

/** Whether npm may rightly have left a package out on this machine. */
const isOptional = ({ optional, devOptional, os, cpu }) => Boolean(optional || devOptional || os || cpu)

/**
 * Whether node_modules holds what package-lock.json names. npm writes down what it installed as its last step, so
 * an install that was interrupted, left development packages out or is of another branch does not pass.
 */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  if (!wanted || !installed) return false
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || isOptional(entry) || installed[path]?.version === entry.version,
  )
}

/**
 * Installs the packages of package-lock.json unless they are there, and `alongside` does what needs none of them.
 * If one of the two fails the other is not waited for.
 *
 * @param {import('./steps.cjs').Steps} steps
 * @param {() => Promise<unknown>} [alongside]
 */
async function ensureInstalled(steps, alongside = async () => undefined) {
  const stopping = new AbortController()
  const onSignal = () => {
    stopping.abort()
    process.exit(130)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, onSignal)
  try {
    await Promise.all([
      alongside(),
      isInstalled() ||
        steps.run('npm install', (progress) => npmInstall(root, { progress, signal: stopping.signal })),
    ])
  } finally {
    stopping.abort()
    for (const signal of signals) process.off(signal, onSignal)
  }
}

module.exports = { ensureInstalled }
