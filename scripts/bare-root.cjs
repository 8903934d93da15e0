const { execFileSync, spawn } = require('node:child_process')
const { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
const { dirname, join, resolve } = require('node:path')
const { debianMirror, installPackages } = require('../bff/local/services/apt.cjs')

/**
 * A folder that holds a bare Debian: what debootstrap calls minimal, git, a Node (newer ones want libatomic), npm and a
 * clone of this project.
 * How packages are reached (mirror, registry, proxies, certificates) is taken from this machine's own settings.
 */
const project = resolve(__dirname, '..')
const home = '/root'
const clone = `${home}/jili`
const suites = { 12: 'bookworm', 13: 'trixie' }
/** As Node's own downloads bring them. */
const npmOfNode = { 20: 10, 22: 10, 24: 11, 26: 11 }
/** Settings of npm that say where things lie on this machine. */
const localNpmSettings = /^\s*(nodedir|prefix|cache|globalconfig|userconfig)\s*=/
const passedOn = /^(NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|https?_proxy|no_proxy|npm_config_registry)$/i

/**
 * @param {string} root An empty folder.
 * @param {import('../bff/local/services/machine.cjs').Machine} machine
 * @param {{ debian: 12 | 13, node: 20 | 22 | 24 | 26 }} versions
 * @param {import('../bff/local/services/machine.cjs').Reporter} report
 */
async function fillBareRoot(root, machine, { debian, node }, report) {
  if (!machine.findExecutable('mmdebstrap')) await installPackages(machine, ['mmdebstrap'], report)
  const mirror = await debianMirror(machine, report)
  if (!mirror) throw new Error('apt knows no mirror of Debian')
  const options = ['--mode=root', '--variant=minbase', '--include=git,ca-certificates,libatomic1', '--quiet']
  // The signatures are checked all the same.
  options.push('--aptopt=Acquire::Check-Valid-Until "false"')
  // What mmdebstrap mounts is seen by itself alone, and gone with it.
  const command = ['--mount', 'mmdebstrap', ...options, suites[debian], root, mirror]
  const { exitCode, tail } = await machine.run('unshare', command)
  if (exitCode !== 0) throw new Error(`mmdebstrap failed:\n${tail}`)
  copyNetworkSettings(root)
  installNode(root, node)
  cloneProject(root)
}

/** @param {string} root */
function copyNetworkSettings(root) {
  const aptSettings = execFileSync('apt-config', ['dump'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^Acquire::(https?|Retries|Check-)/.test(line))
  writeFileSync(join(root, 'etc/apt/apt.conf.d/90machine'), `${aptSettings.join('\n')}\n`)
  const npmSettings = ['globalconfig', 'userconfig']
    .map(npmSetting)
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => !localNpmSettings.test(line))
  writeFileSync(join(root, home, '.npmrc'), `${npmSettings.join('\n')}\n`, { mode: 0o600 })
  const certificates = [npmSetting('cafile'), process.env.NODE_EXTRA_CA_CERTS, process.env.SSL_CERT_FILE]
  for (const file of ['/etc/resolv.conf', '/etc/hosts', ...certificates]) {
    if (!file || !existsSync(file)) continue
    mkdirSync(dirname(join(root, file)), { recursive: true })
    rmSync(join(root, file), { force: true })
    copyFileSync(file, join(root, file))
  }
}

/** @param {string} name */
function npmSetting(name) {
  // From outside the project, whose own settings come with the clone.
  return execFileSync('npm', ['config', 'get', name], { cwd: '/', encoding: 'utf8' }).trim()
}

/**
 * @param {string} root
 * @param {20 | 22 | 24 | 26} node
 */
function installNode(root, node) {
  const prefix = join(root, 'opt/node')
  mkdirSync(prefix, { recursive: true })
  const binary = `node-linux-${process.arch}`
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', prefix]
  execFileSync('npm', [...args, `${binary}@${node}`, `npm@${npmOfNode[node]}`], {
    cwd: prefix,
    stdio: 'pipe',
  })
  for (const [name, target] of Object.entries({
    node: `/opt/node/node_modules/${binary}/bin/node`,
    npm: '/opt/node/node_modules/npm/bin/npm-cli.js',
    npx: '/opt/node/node_modules/npm/bin/npx-cli.js',
  }))
    execFileSync('ln', ['-s', target, join(root, 'usr/local/bin', name)])
}

/** @param {string} root */
function cloneProject(root) {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: project, encoding: 'utf8' }).trim()
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', '--no-checkout', project, join(root, clone)], {
    stdio: 'pipe',
  })
  gitInClone(root, 'checkout', '--quiet', '--detach', commit)
}

/**
 * @param {string} root
 * @param {string[]} args
 */
function gitInClone(root, ...args) {
  return execFileSync('git', args, { cwd: join(root, clone), encoding: 'utf8', stdio: 'pipe' })
}

/**
 * Starts a command in the clone. Its mounts and its processes are in namespaces of their own: whatever happens, none
 * of them is left when it has ended. It is a process group, as in a terminal.
 *
 * @param {string} root
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 */
function spawnInRoot(root, command, env = {}) {
  const passed = Object.entries(process.env).filter(([name]) => passedOn.test(name))
  const settings = { ...Object.fromEntries(passed), HOME: home, LANG: 'C.UTF-8', ...env }
  const assignments = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const script = [
    'root=$1; shift',
    'mount -t proc proc "$root/proc"',
    'mount --rbind /dev "$root/dev"',
    // Not `exec`: the first process of a namespace gets no signal that it does not handle.
    'chroot "$root" env -i PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin "$@"',
  ].join(' && ')
  const inClone = ['sh', '-c', `cd ${clone} && exec "$@"`, 'sh', ...command]
  return spawn(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      script,
      'sh',
      root,
      ...assignments,
      ...inClone,
    ],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  )
}

/** @param {string} root */
function removeBareRoot(root) {
  // No mount of ours can be in it; should somebody have mounted something there, it is not deleted through.
  const remove = () => execFileSync('rm', ['-rf', '--one-file-system', root], { stdio: 'pipe' })
  try {
    remove()
  } catch {
    // A process that was killed a moment ago may have written once more.
    remove()
  }
}

module.exports = { gitInClone, fillBareRoot, removeBareRoot, spawnInRoot }
