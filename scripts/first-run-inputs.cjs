const { execFileSync } = require('node:child_process')
const { createHash } = require('node:crypto')
const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { resolve } = require('node:path')

/** What decides whether a first run works. The rest of the project is the tests' business. */
const inputPaths = ['bff/local', 'scripts', 'package-lock.json', '.npmrc']
const root = resolve(__dirname, '..')
const stampFile = resolve(root, 'test/first-run.json')

const git = (/** @type {string[]} */ ...args) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** A hash of the committed inputs, for the check clones what is committed. */
function hashInputs() {
  const { dependencies, devDependencies, engines } = JSON.parse(git('show', 'HEAD:package.json'))
  const files = git('ls-tree', '-r', 'HEAD', '--', ...inputPaths)
  return createHash('sha256')
    .update(files)
    .update(JSON.stringify({ dependencies, devDependencies, engines }))
    .digest('hex')
}

/** Whether a first run of these inputs was green. @throws where git or the project's history is missing */
function isProved() {
  const inputs = hashInputs()
  return existsSync(stampFile) && JSON.parse(readFileSync(stampFile, 'utf8')).inputs === inputs
}

/**
 * @param {string} inputs As `hashInputs` gave them when they were cloned.
 * @param {string} ran On what it was proved, for who reads the file.
 */
function writeProof(inputs, ran) {
  writeFileSync(stampFile, `${JSON.stringify({ inputs, ran }, null, 2)}\n`)
}

module.exports = { hashInputs, isProved, writeProof }
