const { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

/** @typedef {import('./machine.cjs').Machine} Machine */

const answerWithinMs = 5_000
/** Offline machines stay offline for a while; every start would else pay for another attempt. */
const tryAgainAfterMs = 60 * 60_000

/** @param {Machine} machine */
const mongodFolder = (machine) => join(machine.cacheDir, 'mongod')
/** @param {Machine} machine */
const failureNote = (machine) => join(mongodFolder(machine), 'download-failed')

/**
 * @param {Machine} machine
 * @returns {string | undefined} a mongod that was downloaded before
 */
function findDownloadedMongod(machine) {
  const folder = mongodFolder(machine)
  const files = existsSync(folder) ? readdirSync(folder) : []
  const name = files
    .filter((file) => /^mongod-/.test(file) && !/\.(lock|downloading|tgz|zip|md5)$/.test(file))
    .at(-1)
  return name === undefined ? undefined : join(folder, name)
}

/**
 * @param {Machine} machine
 * @returns {number | undefined} how long ago a download failed, if it is too early for another
 */
function millisecondsSinceFailure(machine) {
  const note = failureNote(machine)
  if (!existsSync(note)) return undefined
  const sinceMs = Date.now() - statSync(note).mtimeMs
  return sinceMs < tryAgainAfterMs ? sinceMs : undefined
}

/**
 * @param {Machine} machine
 * @param {string | undefined} reason undefined when it did not fail
 */
function noteFailure(machine, reason) {
  if (reason === undefined) return rmSync(failureNote(machine), { force: true })
  mkdirSync(mongodFolder(machine), { recursive: true })
  writeFileSync(failureNote(machine), reason)
}

/**
 * Whether mongodb-memory-server has a mongod or may get one. It is tried before DocumentDB, but only npm brings it:
 * its site is asked here, so that DocumentDB's packages can be installed meanwhile if it does not answer.
 *
 * @param {Machine} machine
 */
async function canHaveMongod(machine) {
  if (findDownloadedMongod(machine)) return true
  if (millisecondsSinceFailure(machine) !== undefined) return false
  // These change where and how it downloads, which only it knows.
  if (Object.keys(machine.env).some((name) => /^(MONGOMS_|https?_proxy$)/i.test(name))) return true
  try {
    const signal = AbortSignal.timeout(answerWithinMs)
    await fetch('https://fastdl.mongodb.org/', { method: 'HEAD', signal })
    return true
  } catch {
    noteFailure(machine, 'its site does not answer')
    return false
  }
}

module.exports = {
  canHaveMongod,
  findDownloadedMongod,
  millisecondsSinceFailure,
  mongodFolder,
  noteFailure,
}
