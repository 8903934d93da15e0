const { join } = require('node:path')

/**
 * How PostgreSQL's programs are run: inside the root folder, as the user `postgres`, for PostgreSQL refuses to be
 * root. No mounts are needed. Because of the chroot, a cluster lives inside the root folder, and no folder above it
 * need be open to that user: a clone in a closed home folder works as well as any other.
 */
const binaries = '/usr/lib/postgresql/18/bin'
const clusters = '/var/lib/jili'
const templateCluster = 'template'
/** An open cursor that nobody asks is closed by PostgreSQL and forgotten by the gateway after this. */
const cursorLifetimeS = 600

/**
 * @param {string} rootFolder
 * @param {string} program
 * @param {readonly string[]} args
 */
function inRootFolder(rootFolder, program, args) {
  return ['chroot', '--userspec=postgres:postgres', rootFolder, join(binaries, program), ...args]
}

/**
 * @param {string} rootFolder
 * @param {string} cluster
 * @param {number} port
 */
function postgresCommand(rootFolder, cluster, port) {
  return inRootFolder(rootFolder, 'postgres', ['-D', join(clusters, cluster), '-p', String(port)])
}

/**
 * Where a cluster lies as seen from outside the root folder.
 *
 * @param {string} rootFolder
 * @param {string} cluster
 */
function clusterFolder(rootFolder, cluster) {
  return join(rootFolder, clusters, cluster)
}

const settings = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_preload_libraries = 'pg_cron, pg_documentdb_core, pg_documentdb'
# Runs what DocumentDB does at times (TTL indexes, old cursors) without a connection by host name.
cron.use_background_workers = on
cron.database_name = 'postgres'
cron.log_run = off
cron.log_statement = off
# A sorted cursor would else occupy a connection, and an abandoned one for ever.
documentdb.useFileBasedPersistedCursors = on
documentdb.defaultCursorExpiryTimeLimitSeconds = ${cursorLifetimeS}
documentdb_core.enableCollation = on
log_line_prefix = '%m [%p] '
# Every duplicate key and write conflict is an error here; the client gets it, the log need not.
log_min_error_statement = panic
log_min_messages = fatal
`

module.exports = {
  clusterFolder,
  clusters,
  cursorLifetimeS,
  inRootFolder,
  postgresCommand,
  settings,
  templateCluster,
}
