const { spawn } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')

const root = resolve(__dirname, '..')
const heartbeatMs = 10_000

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

/** Runs `npm install` in a process group of its own, so that Ctrl-C ends the scripts of packages too. */
function install(report) {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  report('正在安装依赖（npm install，第一次要几分钟）/ installing packages …')
  return new Promise((resolveInstall, reject) => {
    const args = ['install', '--no-audit', '--no-fund', '--loglevel=error']
    const isWindows = process.platform === 'win32'
    const child = spawn('npm', args, { cwd: root, stdio: 'inherit', detached: !isWindows, shell: isWindows })
    const heartbeat = setInterval(() => report(`  npm install … ${seconds()} s`), heartbeatMs)
    const stop = (signal) => {
      try {
        process.kill(isWindows ? child.pid : -child.pid, signal)
      } catch {
        // It has ended by itself.
      }
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    let stoppedBy = null
    const onSignal = (signal) => {
      stoppedBy = signal
      stop('SIGTERM')
    }
    for (const signal of signals) process.on(signal, onSignal)
    const finish = (problem) => {
      clearInterval(heartbeat)
      for (const signal of signals) process.off(signal, onSignal)
      if (stoppedBy) process.exit(130)
      if (problem) reject(new Error(problem))
      else resolveInstall()
    }
    child.once('error', (error) => finish(`npm 无法运行 / npm could not run: ${error.message}`))
    child.once('exit', (code) =>
      finish(
        code === 0
          ? null
          : `npm install 没有成功（见上）。检查网络后再运行一次。\nnpm install failed (see above). Check the network and run the command again.`,
      ),
    )
  }).then(() => report(`依赖已安装 / installed (${seconds()} s)`))
}

/** Installs the packages of package-lock.json unless they are there. */
async function ensureInstalled(report) {
  if (!isInstalled()) await install(report)
}

module.exports = { ensureInstalled }
