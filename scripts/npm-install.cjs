const { spawn, spawnSync } = require('node:child_process')
const { readFileSync, rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const isWindows = process.platform === 'win32'
/** npm reads it instead of package-lock.json. Ours is there only while npm runs, and git ignores it. */
const addressedLockFile = 'npm-shrinkwrap.json'
const errorLinesShown = 20
/** Not there, or something else is there. */
const isElsewhere = /\b(E40\d|EINTEGRITY)\b/

/**
 * Runs `npm install`. The lock file names no registry, so npm would ask for each package's whole document only to
 * learn where its archive lies: half of all bytes and a third of the time. Registries have archives at an address
 * that follows from the name; one that has them elsewhere says so, and npm runs again and asks.
 *
 * @param {string} folder
 * @param {{ progress: (detail: string) => void, signal: AbortSignal }} options
 * @throws with what npm said
 */
async function npmInstall(folder, { progress, signal }) {
  const discard = () => rmSync(join(folder, addressedLockFile), { force: true })
  process.once('exit', discard)
  try {
    writeAddressedLockFile(folder)
    let result = await runNpm(folder, { progress, signal })
    discard()
    if (isElsewhere.test(result.errors)) result = await runNpm(folder, { progress, signal })
    if (result.exitCode !== 0) throw installFailed(result.errors)
  } finally {
    discard()
    process.off('exit', discard)
  }
}

/** @param {string} errors */
function installFailed(errors) {
  return new Error(
    `${errors}\n\nnpm install 没有成功（见上）。检查网络后再运行一次。\n` +
      'npm install failed (see above). Check the network and run the command again.',
  )
}

/**
 * Writes nothing where scopes have registries of their own.
 *
 * @param {string} folder
 */
function writeAddressedLockFile(folder) {
  const { stdout } = spawnSync('npm', ['config', 'list', '--json'], {
    cwd: folder,
    env: process.env,
    encoding: 'utf8',
    shell: isWindows,
  })
  const settings = parse(stdout)
  const hasOtherRegistries = Object.keys(settings).some((name) => /^@.+:registry$/.test(name))
  if (typeof settings.registry !== 'string' || hasOtherRegistries) return
  const registry = settings.registry.replace(/\/*$/, '/')
  const lock = parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  for (const [path, entry] of Object.entries(lock.packages ?? {})) {
    if (path === '' || entry.link || entry.resolved) continue
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    entry.resolved = `${registry}${name}/-/${name.split('/').pop()}-${entry.version}.tgz`
  }
  writeFileSync(join(folder, addressedLockFile), JSON.stringify(lock))
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

/**
 * npm is a process group of its own, so that Ctrl-C ends all of it. `--no-save` keeps the lock file as it is, for
 * npm would add what only other systems need.
 *
 * @param {string} folder
 * @param {{ progress: (detail: string) => void, signal: AbortSignal }} options
 * @returns {Promise<{ exitCode: number | null, errors: string }>}
 */
function runNpm(folder, { progress, signal }) {
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=http']
  const child = spawn('npm', args, {
    cwd: folder,
    env: process.env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: !isWindows,
    shell: isWindows,
  })
  const stop = () => {
    try {
      process.kill(isWindows ? child.pid : -child.pid, 'SIGTERM')
    } catch {
      // It has ended by itself.
    }
  }
  signal.addEventListener('abort', stop, { once: true })
  const errors = []
  const archives = new Set()
  let rest = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('npm error')) errors.push(line)
      const [archive] = /https?:\S+\.tgz/.exec(line) ?? []
      if (archive) archives.add(archive)
    }
    if (archives.size > 0) progress(`${archives.size} packages`)
  })
  return new Promise((done, reject) => {
    child.once('error', (error) => reject(new Error(`npm 无法运行 / npm could not run: ${error.message}`)))
    child.once('close', (exitCode) => {
      signal.removeEventListener('abort', stop)
      done({ exitCode, errors: errors.slice(-errorLinesShown).join('\n') })
    })
  })
}

module.exports = { npmInstall }
