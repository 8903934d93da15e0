const { existsSync } = require('node:fs')
const { installPackages, reasonNotToInstall } = require('../bff/local/services/apt.cjs')
const { thisMachine } = require('../bff/local/services/machine.cjs')

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
/** With a Chinese font: without one every page is boxes. */
const browserPackages = ['chromium', 'fonts-noto-cjk']

const findBrowser = () => candidates.find((path) => path && existsSync(path))

/**
 * Where a Chromium for the browser tests is. On a Debian-like machine, as root, one that is missing is installed
 * from Debian's packages together with a Chinese font, saying so.
 *
 * @param {(line: string) => void} report
 * @returns {Promise<string>}
 */
async function ensureBrowser(report) {
  const found = findBrowser()
  if (found) return found
  const machine = thisMachine(process.env)
  if (!reasonNotToInstall(machine))
    await installPackages(machine, browserPackages, { line: report, progress: () => undefined })
  const installed = findBrowser()
  if (installed) return installed
  throw new Error('The browser tests need Chromium: install it and set CHROMIUM_PATH to its program.')
}

module.exports = { browserPackages, ensureBrowser, findBrowser }
