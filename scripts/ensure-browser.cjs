const { spawnSync } = require('node:child_process')
const { existsSync, readFileSync } = require('node:fs')

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/**
 * Where a Chromium for the browser tests is. On a Debian-like machine, as root, one that is missing is installed
 * from Debian's packages together with a Chinese font, saying so.
 */
function ensureBrowser(report) {
  const found = candidates.find((path) => path && existsSync(path))
  if (found) return found
  const isDebianLike = existsSync('/etc/debian_version') && readFileSync('/etc/debian_version', 'utf8') !== ''
  if (!isDebianLike || process.getuid?.() !== 0) {
    throw new Error('The browser tests need Chromium: install it and set CHROMIUM_PATH to its program.')
  }
  report('installing Chromium and a Chinese font from the Debian packages …')
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update', '-q')
  apt('install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
  const installed = candidates.find((path) => path && existsSync(path))
  if (!installed)
    throw new Error('Chromium could not be installed: install it by hand and set CHROMIUM_PATH.')
  return installed
}

module.exports = { ensureBrowser }
