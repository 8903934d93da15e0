const { existsSync } = require('node:fs')
const { installPackages, reasonNotToInstall } = require('../bff/local/services/apt.cjs')
const {
  ensureRootFolder,
  reasonWithoutRootFolder,
  rootFolderPath,
} = require('../bff/local/services/documentdb/root-folder.cjs')
const { cannotStart } = require('../bff/local/services/local-services.errors.cjs')
const { thisMachine } = require('../bff/local/services/machine.cjs')
const { canHaveMongod } = require('../bff/local/services/mongod-site.cjs')
const { browserPackages, findBrowser } = require('./ensure-browser.cjs')

/** @typedef {import('../bff/local/services/machine.cjs').Machine} Machine */

/**
 * What the machine lacks for databases (and a browser), found out before anything is installed.
 *
 * @param {Machine} machine
 * @returns {Promise<{ packages: string[], isRootFolderWanted: boolean }>}
 * @throws at once when no way of having the databases is open: a user should not hear it after minutes
 */
async function findMissing(machine, { withBrowser = false } = {}) {
  const packages = []
  const hasRedis =
    machine.env.REDIS_URL || machine.findExecutable('redis-server') || machine.findExecutable('valkey-server')
  const reason = reasonNotToInstall(machine)
  if (!hasRedis && reason)
    throw cannotStart('Redis', [
      'REDIS_URL is not set',
      'no redis-server or valkey-server on the PATH',
      `redis-server cannot be installed (${reason})`,
    ])
  if (!hasRedis) packages.push('redis-server')
  if (withBrowser && !reason && !findBrowser()) packages.push(...browserPackages)
  const closed = reasonWithoutRootFolder(machine)
  const hasRootFolder = !closed && existsSync(rootFolderPath(machine))
  const hasMongod =
    machine.env.MONGODB_URI ||
    machine.findExecutable('mongod') ||
    hasRootFolder ||
    (await canHaveMongod(machine))
  if (!hasMongod && closed)
    throw cannotStart('MongoDB', [
      'MONGODB_URI is not set',
      'no mongod on the PATH',
      'mongod cannot be downloaded',
      closed,
    ])
  return { packages, isRootFolderWanted: !hasMongod }
}

/**
 * Installs what the system lacks: Redis, DocumentDB where no mongod can be had, and Chromium `withBrowser`.
 *
 * @param {import('./steps.cjs').Steps} steps
 */
async function ensureMachine(steps, { withBrowser = false } = {}) {
  const machine = thisMachine(process.env)
  const { packages, isRootFolderWanted } = await findMissing(machine, { withBrowser })
  const title = packages.join(', ')
  const install = () =>
    steps.run(title, (progress) => installPackages(machine, packages, { line: steps.line, progress }))
  const makeRootFolder = () =>
    steps.run('DocumentDB', (progress) => ensureRootFolder(machine, { line: steps.line, progress }))
  await Promise.all([packages.length > 0 && install(), isRootFolderWanted && makeRootFolder()])
}

module.exports = { ensureMachine, findMissing }
