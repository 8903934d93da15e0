const { randomInt } = require('node:crypto')
const { mkdtempSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { setTimeout: pause } = require('node:timers/promises')
const { parseArgs } = require('node:util')
const { reasonNotToInstall } = require('../bff/local/services/apt.cjs')
const { thisMachine } = require('../bff/local/services/machine.cjs')
const { gitInClone, fillBareRoot, removeBareRoot, spawnInRoot } = require('./bare-root.cjs')
const { hashInputs, writeProof } = require('./first-run-inputs.cjs')
const { createSteps } = require('./steps.cjs')

/**
 * `npm run check:first-run`: `npm run demo` and `npm test`, twice each, on a Debian that has nothing but git, Node
 * and npm. `--debian=12|13 --node=20|22|24|26`, `--only=demo`, and `--full` for every test.
 */
const steps = createSteps(Date.now(), process.stdout)
/** What touches the database, Redis, a browser and both builds. */
const testFiles = [
  'test/bff/local/ways.test.ts',
  'test/api/check-ins.test.ts',
  'test/browser/three-taps.test.ts',
  'test/miniapp/weapp/structure.test.ts',
]
const readyWithinMs = 30 * 60_000
const endsWithinMs = 60_000
/** A terminal would be rewritten; a log has to stay readable. */
const linesMax = 80
const outputShown = 60
const lastLineShown = 60

function readOptions() {
  const { values } = parseArgs({
    options: {
      debian: { type: 'string', default: '12' },
      node: { type: 'string', default: '20' },
      only: { type: 'string' },
      full: { type: 'boolean', default: false },
    },
  })
  const [debian, node] = [Number(values.debian), Number(values.node)]
  if (![12, 13].includes(debian)) throw new Error('--debian is 12 or 13')
  if (![20, 22, 24, 26].includes(node)) throw new Error('--node is 20, 22, 24 or 26')
  if (values.only !== undefined && values.only !== 'demo') throw new Error('--only is demo')
  return { debian, node, isDemoOnly: values.only === 'demo', isFull: values.full }
}

/** Collects what a process says; its last line is how far it is. */
function listen(child, progress) {
  // Before the folder is removed under it.
  process.prependOnceListener('exit', () => end(child, 'SIGKILL'))
  const output = { text: '', exitCode: undefined }
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output.text += text
      progress(output.text.trimEnd().split('\n').pop().trim().slice(0, lastLineShown))
    })
  output.ended = new Promise((resolve) =>
    child.once('close', (exitCode) => {
      output.exitCode = exitCode ?? 1
      resolve()
    }),
  )
  return output
}

const failure = (what, { text }) =>
  new Error(`${what}\n\n${text.trimEnd().split('\n').slice(-outputShown).join('\n')}`)

/** Starts the demo, asks it what a user would, and ends it with Ctrl-C. @returns its output */
async function startDemo(root, progress) {
  const port = randomInt(20_000, 32_000)
  const child = spawnInRoot(root, ['npm', 'run', 'demo'], { PORT: String(port) })
  const output = listen(child, progress)
  try {
    for (const until = Date.now() + readyWithinMs; !output.text.includes(`http://localhost:${port}`); ) {
      if (output.exitCode !== undefined) throw failure(`npm run demo ended with ${output.exitCode}`, output)
      if (Date.now() > until) throw failure('npm run demo is not ready', output)
      await pause(100)
    }
    await expectAnswer(`http://127.0.0.1:${port}/readyz`, /ready|ok/i)
    await expectAnswer(`http://127.0.0.1:${port}/`, /<div id="app"/)
    end(child, 'SIGINT')
    await Promise.race([output.ended, pause(endsWithinMs, undefined, { ref: false })])
    if (output.exitCode === undefined) throw failure('npm run demo does not end after Ctrl-C', output)
  } finally {
    end(child, 'SIGKILL')
    await output.ended
  }
  const lines = output.text.split('\n').length
  if (lines > linesMax) throw failure(`npm run demo said ${lines} lines, more than ${linesMax}`, output)
  return output.text
}

/** To the whole group, as a terminal does. */
function end(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has ended by itself.
  }
}

/** Who tries Jili should not find changes that they did not make. */
function expectCleanClone(root) {
  const changes = gitInClone(root, 'status', '--porcelain')
  if (changes !== '') throw new Error(`npm run demo changed files of the clone:\n${changes}`)
}

async function expectAnswer(url, pattern) {
  const answer = await fetch(url)
  const text = await answer.text()
  if (answer.status !== 200 || !pattern.test(text))
    throw new Error(`${url} answered ${answer.status}:\n${text.slice(0, 1_000)}`)
}

async function runTests(root, files, progress) {
  const command = ['npm', 'test', ...(files.length > 0 ? ['--', ...files] : [])]
  // Else the tests would begin with a first run, and that with its tests.
  const child = spawnInRoot(root, command, { JILI_FIRST_RUN: 'on' })
  const output = listen(child, progress)
  await output.ended
  if (output.exitCode !== 0) throw failure(`npm test ended with ${output.exitCode}`, output)
}

const indent = (text) => text.trimEnd().replace(/^/gm, '    ')

async function main() {
  const { debian, node, isDemoOnly, isFull } = readOptions()
  const machine = thisMachine(process.env)
  const reason = reasonNotToInstall(machine)
  if (reason) throw new Error(`the first run cannot be checked here: ${reason}`)
  const name = `Debian ${debian}, Node ${node}`
  const inputs = hashInputs()
  const root = mkdtempSync(join(tmpdir(), 'jili-first-run-'))
  process.once('exit', () => removeBareRoot(root))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
  await steps.run(`a bare ${name}`, (progress) =>
    fillBareRoot(root, machine, { debian, node }, { line: steps.line, progress }),
  )
  for (const time of ['first', 'second']) {
    const said = await steps.run(`npm run demo, the ${time} time`, (progress) => startDemo(root, progress))
    console.log(indent(said.slice(0, said.indexOf('打开 Open')).trimEnd()))
  }
  expectCleanClone(root)
  for (const time of isDemoOnly ? [] : ['first', 'second'])
    await steps.run(`npm test, the ${time} time`, (progress) =>
      runTests(root, isFull ? [] : testFiles, progress),
    )
  if (!isDemoOnly) writeProof(inputs, name)
  steps.line(`a first run works on ${name}`)
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
