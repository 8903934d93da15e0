import { join } from 'node:path'
import { LOOPBACK } from '../loopback-port'
import { CURSOR_LIFETIME_S } from './cursors'

/**
 * How PostgreSQL's programs are run: inside the root folder, as the user `postgres`, for PostgreSQL refuses to be
 * root. No mounts are needed. Because of the chroot, a cluster lives inside the root folder, and no folder above it
 * need be open to that user: a clone in a closed home folder works as well as any other.
 */
const BINARIES = '/usr/lib/postgresql/18/bin'
export const CLUSTERS = '/var/lib/jili'
export const TEMPLATE_CLUSTER = 'template'

export function inRootFolder(rootFolder: string, program: string, args: readonly string[]): string[] {
  const asPostgres = ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--']
  return ['chroot', rootFolder, ...asPostgres, join(BINARIES, program), ...args]
}

export function postgresCommand(rootFolder: string, cluster: string, port: number): string[] {
  return inRootFolder(rootFolder, 'postgres', ['-D', join(CLUSTERS, cluster), '-p', String(port)])
}

/** Where a cluster lies as seen from outside the root folder. */
export function clusterFolder(rootFolder: string, cluster: string): string {
  return join(rootFolder, CLUSTERS, cluster)
}

export const SETTINGS = `
listen_addresses = '${LOOPBACK}'
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
documentdb.defaultCursorExpiryTimeLimitSeconds = ${CURSOR_LIFETIME_S}
documentdb_core.enableCollation = on
log_line_prefix = '%m [%p] '
# Every duplicate key and write conflict is an error here; the client gets it, the log need not.
log_min_error_statement = panic
log_min_messages = fatal
`
