import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { debianMirror, installPackages } from '../../../bff/local/services/apt.cjs'
import { thisMachine } from '../../../bff/local/services/machine.cjs'

const hasFlock = thisMachine(process.env).findExecutable('flock') !== undefined
const suite = hasFlock ? describe : describe.skip
if (!hasFlock) process.stderr.write('  not run: the queue of installations, for there is no flock\n')

suite('what installs packages', () => {
  let folder: string
  const silent = { line: () => undefined, progress: () => undefined }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jili-apt-'))
    mkdirSync(join(folder, 'bin'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** A machine with this for apt-get, seen by every process that is given its PATH and its HOME. */
  function machineWithApt(script: string) {
    const aptGet = join(folder, 'bin/apt-get')
    writeFileSync(aptGet, `#!/bin/sh\ncd ${folder}\n${script}\n`)
    chmodSync(aptGet, 0o755)
    return thisMachine({
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      HOME: folder,
      XDG_CACHE_HOME: '',
    })
  }

  it('runs one apt-get at a time, whoever asks, so that none of them finds dpkg locked', async () => {
    const aptGet =
      'mkdir running || { touch met; exit 100; }; sleep 0.1; rmdir running; echo done >> installed'
    const machines = Array.from({ length: 6 }, () => machineWithApt(aptGet))
    await Promise.all(
      machines.map((machine, index) => installPackages(machine, [`package-${index}`], silent)),
    )
    expect(existsSync(join(folder, 'met'))).toBe(false)
    expect(readFileSync(join(folder, 'installed'), 'utf8').split('\n')).toHaveLength(7)
  })

  it("waits for another program's lock, says so once, and then installs", async () => {
    const held = 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (unattended-upgr)'
    const aptGet = `echo >> tries; [ $(wc -l < tries) -gt 4 ] && exit 0; echo '${held}' >&2; exit 100`
    const lines: string[] = []
    const report = { line: (line: string) => lines.push(line), progress: () => undefined }
    await installPackages(machineWithApt(aptGet), ['redis-server'], report)
    expect(lines).toEqual([
      'installing from Debian: redis-server',
      `another program uses apt, waiting for it: ${held}`,
    ])
  })

  it('lets apt itself wait for the lock of dpkg, and asks nothing', async () => {
    await installPackages(machineWithApt('echo "$DEBIAN_FRONTEND $@" > said'), ['one', 'two'], silent)
    expect(readFileSync(join(folder, 'said'), 'utf8')).toBe(
      'noninteractive -o DPkg::Lock::Timeout=900 install -y --no-install-recommends one two\n',
    )
  })

  it('fetches the lists of packages when apt knows no mirror yet', async () => {
    const aptGet = `case "$*" in *update) touch lists;; *) [ -e lists ] && echo 'Debian|Debian|main|http://mirror.test';; esac; exit 0`
    expect(await debianMirror(machineWithApt(aptGet), silent)).toBe('http://mirror.test')
  })
})
