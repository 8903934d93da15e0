const { join } = require('node:path')
const { setTimeout: pause } = require('node:timers/promises')
const { LocalServicesError } = require('./local-services.errors.cjs')

/**
 * @typedef {import('./machine.cjs').Machine} Machine
 * @typedef {import('./machine.cjs').CommandResult} CommandResult
 * @typedef {import('./machine.cjs').Reporter} Reporter
 */

const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
/** An upgrade of the whole system by another program may take this long. */
const otherProgramWaitMs = 15 * 60_000
const tryAgainEveryMs = 250

/**
 * @param {Machine} machine
 * @returns {string | undefined} why packages cannot be installed here
 */
function reasonNotToInstall(machine) {
  if (!machine.isDebianLike) return 'not a Debian-like system'
  return machine.isRoot ? undefined : 'not root'
}

/**
 * The one place that changes the system's packages. Two apt-get at once fight for dpkg's lock and one of them fails,
 * so ours queue, those of other clones and commands too; for the apt-get of somebody else we wait.
 *
 * @param {Machine} machine
 * @param {readonly string[]} args
 * @param {Reporter} report
 * @returns {Promise<CommandResult>}
 */
async function aptGet(machine, args, report) {
  const release = await machine.lock(join(machine.cacheDir, 'apt.lock'), () =>
    report.progress('waiting for another installation'),
  )
  let isWaitToldOf = false
  /** @param {string} line */
  const onLine = (line) => {
    if (!isWaitToldOf && isLocked(line)) {
      isWaitToldOf = true
      report.line(`another program uses apt, waiting for it: ${line}`)
    }
    if (/^(Get:|Unpacking|Setting up)/.test(line)) report.progress(line.slice(0, 60))
  }
  const options = ['-o', `DPkg::Lock::Timeout=${otherProgramWaitMs / 1000}`]
  try {
    // apt itself waits for dpkg's lock only: that of the lists and that of the downloads fail at once.
    for (let waitedMs = 0; ; waitedMs += tryAgainEveryMs) {
      const result = await machine.run('apt-get', [...options, ...args], { env: quiet, onLine })
      if (result.exitCode === 0 || !isLocked(result.tail) || waitedMs >= otherProgramWaitMs) return result
      await pause(tryAgainEveryMs)
    }
  } finally {
    await release()
  }
}

/** @param {string} text */
const isLocked = (text) => /could not get lock|unable to lock|unable to acquire the dpkg/i.test(text)

/**
 * Installs packages in one go, with a fresh list of packages if the one at hand does not know them.
 *
 * @param {Machine} machine
 * @param {readonly string[]} names
 * @param {Reporter} report
 * @throws with what apt said
 */
async function installPackages(machine, names, report) {
  report.line(`installing from Debian: ${names.join(', ')}`)
  const install = () => aptGet(machine, ['install', '-y', '--no-install-recommends', ...names], report)
  if ((await install()).exitCode === 0) return
  await updateLists(machine, report)
  const { exitCode, tail } = await install()
  if (exitCode !== 0) throw new LocalServicesError(`apt-get could not install ${names.join(', ')}:\n${tail}`)
}

/**
 * @param {Machine} machine
 * @param {Reporter} report
 */
async function updateLists(machine, report) {
  const { exitCode, tail } = await aptGet(machine, ['update'], report)
  if (exitCode !== 0) throw new LocalServicesError(`apt-get update failed:\n${tail}`)
}

/**
 * The site that this machine's apt takes Debian's main packages from; undefined on another distribution. Fetches
 * the lists of packages if there are none yet.
 *
 * @param {Machine} machine
 * @param {Reporter} report
 * @returns {Promise<string | undefined>}
 */
async function debianMirror(machine, report) {
  return (
    (await askForMirror(machine)) ?? (await updateLists(machine, report).then(() => askForMirror(machine)))
  )
}

/** @param {Machine} machine */
async function askForMirror(machine) {
  const format = '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(SITE)'
  const { stdout } = await machine.run('apt-get', [
    'indextargets',
    '--format',
    format,
    'Created-By: Packages',
  ])
  return stdout
    .split('\n')
    .map((line) => line.split('|'))
    .find(
      ([origin, label, component]) => origin === 'Debian' && label === 'Debian' && component === 'main',
    )?.[3]
}

module.exports = { debianMirror, installPackages, reasonNotToInstall }
