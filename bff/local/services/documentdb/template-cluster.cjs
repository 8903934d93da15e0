const { spawn } = require('node:child_process')
const { appendFileSync } = require('node:fs')
const { join } = require('node:path')
const { setTimeout: pause } = require('node:timers/promises')
const { LocalServicesError } = require('../local-services.errors.cjs')
const { clusterFolder, clusters, inRootFolder, settings, templateCluster } = require('./postgres-process.cjs')

/** @typedef {import('../machine.cjs').Machine} Machine */

const startTriesMax = 300
const tryEveryMs = 100

/**
 * The unscheduled jobs build indexes in the background every two seconds, for `createIndexes` as the extension's own
 * gateway calls it. Ours waits for its indexes, so these jobs would only wake the machine.
 */
const addExtensionSql = `
CREATE EXTENSION documentdb CASCADE;
SELECT cron.unschedule(jobid) FROM cron.job WHERE jobname LIKE 'documentdb_index_build_task%'`

/**
 * Makes a cluster with DocumentDB in it, once; a new data folder gets a copy, which takes a fraction of the time.
 *
 * @param {Machine} machine
 * @param {string} rootFolder
 */
async function makeTemplateCluster(machine, rootFolder) {
  const data = join(clusters, templateCluster)
  // What is half made when the power fails is thrown away: nothing here need wait for the disk.
  const options = ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust', '--no-sync']
  await runIn(machine, inRootFolder(rootFolder, 'initdb', options))
  appendFileSync(join(clusterFolder(rootFolder, templateCluster), 'postgresql.conf'), settings)
  await addExtension(machine, rootFolder, data)
}

/**
 * PostgreSQL listens on a socket inside the root folder meanwhile, so no port can be taken.
 *
 * @param {Machine} machine
 * @param {string} rootFolder
 * @param {string} data
 */
async function addExtension(machine, rootFolder, data) {
  const socketFolder = '/tmp'
  const options = ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${socketFolder}`]
  const [command = '', ...args] = inRootFolder(rootFolder, 'postgres', options)
  const postgres = spawn(command, args, { stdio: 'ignore' })
  const ended = new Promise((resolve) => postgres.once('exit', resolve))
  const psql = ['-h', socketFolder, '-U', 'postgres', '-v', 'ON_ERROR_STOP=1']
  try {
    await untilReady(machine, inRootFolder(rootFolder, 'psql', [...psql, '-c', 'SELECT 1']))
    await runIn(machine, inRootFolder(rootFolder, 'psql', [...psql, '-c', addExtensionSql]))
  } finally {
    const fastShutdown = 'SIGINT'
    postgres.kill(fastShutdown)
    await ended
  }
}

/**
 * @param {Machine} machine
 * @param {string[]} command
 */
async function untilReady(machine, [program = '', ...args]) {
  for (let tries = 1; ; tries += 1) {
    const { exitCode, tail } = await machine.run(program, args)
    if (exitCode === 0) return
    if (tries >= startTriesMax) throw new LocalServicesError(`PostgreSQL did not start:\n${tail}`)
    await pause(tryEveryMs)
  }
}

/**
 * @param {Machine} machine
 * @param {string[]} command
 */
async function runIn(machine, [command = '', ...args]) {
  const { exitCode, tail } = await machine.run(command, args)
  if (exitCode !== 0) throw new LocalServicesError(`${command} ${args.join(' ')} failed:\n${tail}`)
}

module.exports = { makeTemplateCluster }
