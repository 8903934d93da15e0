const { spawn } = require('node:child_process')
const { accessSync, constants, existsSync, mkdirSync, statSync } = require('node:fs')
const { homedir } = require('node:os')
const { delimiter, dirname, join } = require('node:path')

/**
 * This file and the other .cjs files of this folder run before node_modules exists: the packages of the system are
 * installed while npm installs those of package.json.
 *
 * @typedef {object} CommandResult
 * @property {number} exitCode
 * @property {string} stdout
 * @property {string} tail The last lines of both streams, for an error text.
 *
 * @typedef {object} RunOptions
 * @property {(line: string) => void} [onLine] Gets each line of either stream as it comes.
 * @property {NodeJS.ProcessEnv} [env]
 *
 * @typedef {object} Machine What the starter asks of the machine it runs on; a test passes one that has nothing.
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isRoot
 * @property {boolean} isDebianLike Has apt and dpkg.
 * @property {string} cacheDir Shared by all clones of this user.
 * @property {(name: string) => string | undefined} findExecutable
 * @property {(command: string, args: readonly string[], options?: RunOptions) => Promise<CommandResult>} run
 *   Runs a command to its end.
 * @property {(file: string, onWait: () => void) => Promise<() => Promise<void>>} lock
 *   Holds a lock that other processes respect, until the returned function is called or this process dies.
 *
 * @typedef {object} Reporter What a long installation tells.
 * @property {(line: string) => void} line Something that stays to be read.
 * @property {(detail: string) => void} progress How far it is; the next one replaces it.
 */

const tailLinesMax = 15

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Machine}
 */
function thisMachine(env) {
  /** @param {string} name */
  const findExecutable = (name) => findOnPath(name, env.PATH ?? '')
  return {
    env,
    isRoot: process.getuid?.() === 0,
    isDebianLike: existsSync('/etc/debian_version') && findExecutable('apt-get') !== undefined,
    cacheDir: join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'jili'),
    findExecutable,
    run: (command, args, options) => run(command, args, { ...options, env: { ...env, ...options?.env } }),
    lock,
  }
}

/**
 * @param {string} name
 * @param {string} path
 */
function findOnPath(name, path) {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<CommandResult>}
 */
function run(command, args, { onLine, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    /** @type {Buffer[]} */
    const stdout = []
    /** @type {string[]} */
    const tail = []
    /** @param {string} line */
    const keepLine = (line) => {
      tail.push(line)
      if (tail.length > tailLinesMax) tail.shift()
      onLine?.(line)
    }
    child.stdout.on('data', (chunk) => stdout.push(chunk))
    for (const stream of [child.stdout, child.stderr]) stream.on('data', lineSplitter(keepLine))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? 1, stdout: Buffer.concat(stdout).toString(), tail: tail.join('\n') })
    })
  })
}

/**
 * @param {(line: string) => void} onLine
 * @returns {(chunk: Buffer) => void}
 */
function lineSplitter(onLine) {
  let rest = ''
  return (chunk) => {
    const lines = (rest + chunk.toString()).split(/[\r\n]+/)
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
}

/**
 * The kernel gives up a lock of flock(1) with its last holder. The holder here is a `cat` that reads from this
 * process, so it ends with this process however that ends.
 *
 * @param {string} file
 * @param {() => void} onWait Called once if another process holds the lock.
 * @returns {Promise<() => Promise<void>>}
 */
async function lock(file, onWait) {
  mkdirSync(dirname(file), { recursive: true })
  const atOnce = await holdLock(file, ['--nonblock'])
  if (atOnce) return atOnce
  onWait()
  const afterWaiting = await holdLock(file, [])
  if (!afterWaiting) throw new Error(`flock could not lock ${file}`)
  return afterWaiting
}

/**
 * @param {string} file
 * @param {string[]} options
 * @returns {Promise<(() => Promise<void>) | undefined>} How to let go of the lock; undefined when it was not had.
 */
function holdLock(file, options) {
  return new Promise((resolve, reject) => {
    const holder = spawn('flock', ['--exclusive', ...options, file, 'sh', '-c', 'echo held; exec cat'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const ended = new Promise((ends) => holder.once('exit', ends))
    holder.once('error', reject)
    holder.once('exit', () => resolve(undefined))
    holder.stdout.once('data', () =>
      resolve(async () => {
        holder.stdin.end()
        await ended
      }),
    )
  })
}

module.exports = { thisMachine }
