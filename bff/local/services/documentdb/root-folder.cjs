const {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} = require('node:fs')
const { join } = require('node:path')
const { debianMirror, reasonNotToInstall } = require('../apt.cjs')
const { LocalServicesError } = require('../local-services.errors.cjs')
const { makeTemplateCluster } = require('./template-cluster.cjs')

/**
 * @typedef {import('../machine.cjs').Machine} Machine
 * @typedef {import('../machine.cjs').Reporter} Reporter
 */

/**
 * DocumentDB is packaged by Debian from this suite on. It needs a newer libc than older releases have, so it gets a
 * root folder of its own instead of a place among the machine's packages. The packages are unpacked and not
 * installed: that takes a third of the time, and no mounts, which a container may not make.
 */
const suite = 'forky'
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
/** The last two are what initdb's `sh` is and where its folders are. */
const packages = ['postgresql-18-documentdb', 'dash', 'base-files']
/** Goes up when this file would build another root folder; what was built before stays beside it, with its data. */
const recipe = 2

const aptOptions = [
  // A mirror may be an archive whose index has run out; the signatures are checked all the same.
  'Acquire::Check-Valid-Until=false',
  'Acquire::Languages=none',
  'Acquire::Retries=3',
  'APT::Install-Recommends=false',
  // apt's own user may not be able to reach this folder.
  'APT::Sandbox::User=root',
]
const leftOut = ['doc', 'i18n', 'info', 'locale', 'man', 'perl'].map((name) => `./usr/share/${name}`)
/** PostgreSQL refuses to be root. The number is the one that a container's image of it has. */
const postgresUserId = 70
/** As `mknod` wants them: a device's minor number, the major one being 1. */
const devices = { null: 3, zero: 5, full: 7, random: 8, urandom: 9 }

/**
 * Where the root folder is or will be: one for all clones of a user.
 *
 * @param {Machine} machine
 */
function rootFolderPath(machine) {
  return join(machine.cacheDir, `documentdb-${suite}-${recipe}`)
}

/**
 * @param {Machine} machine
 * @returns {string | undefined} why DocumentDB cannot be had here
 */
function reasonWithoutRootFolder(machine) {
  if (process.platform !== 'linux') return 'DocumentDB comes as Debian packages, and this is not Linux'
  if (!machine.isRoot) return 'running DocumentDB from its own root folder needs root'
  if (existsSync(rootFolderPath(machine))) return undefined
  return reasonNotToInstall(machine)
}

/**
 * Makes the root folder if it is not there yet, or waits for another process that is making it.
 *
 * @param {Machine} machine
 * @param {Reporter} report
 * @returns {Promise<string>} its path
 */
async function ensureRootFolder(machine, report) {
  const path = rootFolderPath(machine)
  if (existsSync(path)) return path
  const release = await machine.lock(`${path}.lock`, () =>
    report.line('another process is installing DocumentDB; waiting for it'),
  )
  try {
    if (!existsSync(path)) await build(machine, path, report)
    return path
  } finally {
    await release()
  }
}

/**
 * @param {Machine} machine
 * @param {string} path
 * @param {Reporter} report
 */
async function build(machine, path, report) {
  const temporary = `${path}.building`
  rmSync(temporary, { recursive: true, force: true })
  report.line(`installing DocumentDB: 140 MB to download, 500 MB in ${path}, once for this machine`)
  report.progress('asking apt for a mirror')
  const mirror = await debianMirror(machine, report)
  if (!mirror) throw new LocalServicesError('apt knows no mirror of Debian')
  try {
    const archives = await download(machine, temporary, mirror, report)
    await unpack(machine, temporary, archives, report)
    await furnish(machine, temporary)
    report.progress('making the cluster that new data folders start from')
    await makeTemplateCluster(machine, temporary)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    throw error
  }
}

/**
 * Downloads the packages and what they depend on, as an apt that knows no other machine than the new folder.
 *
 * @param {Machine} machine
 * @param {string} folder
 * @param {string} mirror
 * @param {Reporter} report
 * @returns {Promise<string>} the folder of the downloaded packages
 */
async function download(machine, folder, mirror, report) {
  const apt = join(folder, 'apt')
  const archives = join(apt, 'cache/archives')
  for (const name of ['etc', 'state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(apt, name), { recursive: true })
  writeFileSync(join(apt, 'status'), '')
  writeFileSync(join(apt, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`)
  const options = [
    ...aptOptions,
    `Dir::Etc::SourceList=${apt}/sources.list`,
    // The machine's own sources and preferences have no say here; how it reaches the network has.
    ...['SourceParts', 'Preferences', 'PreferencesParts'].map((name) => `Dir::Etc::${name}=${apt}/etc/none`),
    `Dir::State=${apt}/state`,
    `Dir::State::status=${apt}/status`,
    `Dir::Cache=${apt}/cache`,
  ].flatMap((option) => ['-o', option])
  let packageCount = 0
  /** @param {string} line */
  const onLine = (line) => {
    if (!line.startsWith('Get:')) return
    packageCount += 1
    report.progress(`${packageCount} packages downloaded`)
  }
  await runOrThrow(machine, 'apt-get', [...options, 'update'])
  await runOrThrow(machine, 'apt-get', [...options, '-y', '--download-only', 'install', ...packages], onLine)
  return archives
}

/**
 * @param {Machine} machine
 * @param {string} folder
 * @param {string} archives
 * @param {Reporter} report
 */
async function unpack(machine, folder, archives, report) {
  // Debian's /bin and its like are links into /usr; packages that bring files there land behind the links.
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(folder, 'usr', name), { recursive: true })
    symlinkSync(`usr/${name}`, join(folder, name))
  }
  const files = readdirSync(archives).filter((name) => name.endsWith('.deb'))
  const waiting = [...files]
  const exclusions = leftOut.map((path) => `--exclude=${path}`).join(' ')
  const script = `set -o pipefail; dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --keep-directory-symlink ${exclusions}`
  const unpackNext = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      await runOrThrow(machine, 'bash', ['-c', script, 'unpack', join(archives, file), folder])
      report.progress(`${files.length - waiting.length} of ${files.length} packages unpacked`)
    }
  }
  await Promise.all([unpackNext(), unpackNext()])
  rmSync(join(folder, 'apt'), { recursive: true })
}

/**
 * Does what the packages' own scripts would have done and PostgreSQL needs: its user, devices, and the links that
 * update-alternatives makes.
 *
 * @param {Machine} machine
 * @param {string} folder
 */
async function furnish(machine, folder) {
  for (const name of ['dev/shm', 'etc', 'proc', 'tmp', 'var/lib/jili'])
    mkdirSync(join(folder, name), { recursive: true })
  await runOrThrow(machine, 'chmod', ['1777', join(folder, 'tmp'), join(folder, 'dev/shm')])
  await runOrThrow(machine, 'chown', [`${postgresUserId}:${postgresUserId}`, join(folder, 'var/lib/jili')])
  appendFileSync(
    join(folder, 'etc/passwd'),
    `root:x:0:0::/root:/bin/sh\npostgres:x:${postgresUserId}:${postgresUserId}::/var/lib/jili:/bin/sh\n`,
  )
  appendFileSync(join(folder, 'etc/group'), `root:x:0:\npostgres:x:${postgresUserId}:\n`)
  // The extension connects to `localhost`, and without the first file the C library asks the network for it.
  writeFileSync(join(folder, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files\n')
  writeFileSync(join(folder, 'etc/hosts'), '127.0.0.1 localhost\n')
  for (const [name, minor] of Object.entries(devices))
    await runOrThrow(machine, 'mknod', ['-m', '666', join(folder, 'dev', name), 'c', '1', String(minor)])
  symlinkSync('postgis-3.control', join(folder, 'usr/share/postgresql/18/extension/postgis.control'))
  const libraries = readdirSync(join(folder, 'usr/lib')).find((name) => name.endsWith('-linux-gnu'))
  if (!libraries) throw new LocalServicesError(`no libraries in ${folder}/usr/lib`)
  const alternatives = ['blas', 'lapack'].map((name) => `/usr/lib/${libraries}/${name}`)
  await runOrThrow(machine, '/sbin/ldconfig', ['-r', folder, ...alternatives])
}

/**
 * @param {Machine} machine
 * @param {string} command
 * @param {string[]} args
 * @param {(line: string) => void} [onLine]
 */
async function runOrThrow(machine, command, args, onLine) {
  const { exitCode, tail } = await machine.run(command, args, { onLine })
  if (exitCode !== 0)
    throw new LocalServicesError(`${command} failed while DocumentDB was installed:\n${tail}`)
}

module.exports = { ensureRootFolder, reasonWithoutRootFolder, rootFolderPath }
