const { spawn } = require('node:child_process')
const { createServer } = require('node:net')
const { resolve } = require('node:path')
const { checkNode } = require('./check-node.cjs')

/**
 * `npm run demo`: installs what is missing, then starts Jili with a database, a WeChat stand-in and a demo world.
 * Runs before node_modules exists, so it uses nothing but Node.
 */
const root = resolve(__dirname, '..')
const startedAt = Date.now()

function readPort(text) {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`PORT=${text} 不是端口号 / is not a port: use a number from 1 to 65535.`)
}

/** Asked before the long steps: a taken port should not show after minutes of installing. */
const checkPort = (port, host) =>
  new Promise((free, reject) => {
    const server = createServer()
    server.once('error', (error) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `端口 ${port} 已被占用。结束占用它的程序，或换一个端口：PORT=${port + 1} npm run demo\n` +
                `Port ${port} is taken. End what uses it, or choose another: PORT=${port + 1} npm run demo`
            : `端口 ${port} 不能使用 / port ${port} cannot be used: ${error.message}`,
        ),
      ),
    )
    server.listen(port, host, () => server.close(free))
  })

/**
 * The demo is a process group of its own: Ctrl-C reaches it once, through here, and what is left of the group when
 * it has ended is ended too. Should this process die, the demo sees the channel between them close.
 */
function runDemo(args) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bff/local/demo/start.ts', ...args], {
    cwd: root,
    detached: process.platform !== 'win32',
    env: Object.assign({}, process.env, { JILI_DEMO_STARTED_AT: String(startedAt) }),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((ended, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      endGroup(child.pid)
      ended(code === null ? 1 : code)
    })
  })
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

async function main() {
  checkNode(process.versions.node)
  await checkPort(readPort(process.env.PORT || '3000'), process.env.HOST || '0.0.0.0')
  // Loaded only now: an old Node could not even read them.
  const { ensureInstalled } = require('./ensure-installed.cjs')
  const { ensureMachine } = require('./ensure-machine.cjs')
  const { createSteps } = require('./steps.cjs')
  const steps = createSteps(startedAt, process.stdout)
  await ensureInstalled(steps, () => ensureMachine(steps))
  process.exitCode = await runDemo(process.argv.slice(2))
}

main().catch((error) => {
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
})
