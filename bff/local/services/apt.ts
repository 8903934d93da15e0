import { LocalServicesError } from './local-services.errors'
import type { Machine } from './machine'

const QUIET = { DEBIAN_FRONTEND: 'noninteractive' }

/** @returns why packages cannot be installed here, or undefined */
export function reasonNotToInstall(machine: Machine): string | undefined {
  if (!machine.isDebianLike) return 'not a Debian-like system'
  return machine.isRoot ? undefined : 'not root'
}

/** Installs a package, with a fresh list of packages if the one at hand does not know it. */
export async function installPackage(
  machine: Machine,
  name: string,
  report: (line: string) => void,
): Promise<void> {
  report(`installing the Debian package ${name}`)
  const install = () =>
    machine.run('apt-get', ['install', '-y', '--no-install-recommends', name], { env: QUIET })
  if ((await install()).exitCode === 0) return
  await updateLists(machine)
  const { exitCode, tail } = await install()
  if (exitCode !== 0) throw new LocalServicesError(`apt-get could not install ${name}:\n${tail}`)
}

async function updateLists(machine: Machine): Promise<void> {
  const { exitCode, tail } = await machine.run('apt-get', ['update'], { env: QUIET })
  if (exitCode !== 0) throw new LocalServicesError(`apt-get update failed:\n${tail}`)
}

/** The site that this machine's apt takes Debian's main packages from; undefined on another distribution. */
export async function debianMirror(machine: Machine): Promise<string | undefined> {
  return (await askForMirror(machine)) ?? (await updateLists(machine).then(() => askForMirror(machine)))
}

async function askForMirror(machine: Machine): Promise<string | undefined> {
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
