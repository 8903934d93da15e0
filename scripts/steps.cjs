/**
 * What a command says while it works: a line when something is done, and meanwhile how far it is. A terminal shows
 * that in one line that is written over; elsewhere it is a line after 15, 30, 60 … seconds of a step, so that a log
 * stays short however slow the machine is.
 *
 * @typedef {object} Steps
 * @property {(text: string) => void} line
 * @property {<T>(title: string, work: (note: (detail: string) => void) => Promise<T>) => Promise<T>} run
 *   Runs a step and says when it is done and how long it took. Several may run at once.
 * @property {() => string} secondsSinceStart
 */

const redrawEveryMs = 250
const firstReminderMs = 15_000

/**
 * @param {number} startedAt Milliseconds, as of Date.now().
 * @param {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} output
 * @returns {Steps}
 */
function createSteps(startedAt, output) {
  /** @type {Set<{ title: string, startedAt: number, detail: string, remindAfterMs: number }>} */
  const running = new Set()
  let isStatusShown = false
  /** @type {NodeJS.Timeout | undefined} */
  let timer

  const seconds = (/** @type {number} */ since) => ((Date.now() - since) / 1000).toFixed(1)
  const stamp = () => `[${seconds(startedAt).padStart(6)} s] `
  const describe = (/** @type {{ title: string, startedAt: number, detail: string }} */ step) =>
    [`${step.title} ${Math.round((Date.now() - step.startedAt) / 1000)} s`, step.detail]
      .filter(Boolean)
      .join(', ')

  function line(/** @type {string} */ text) {
    if (isStatusShown) output.write('\r\x1b[K')
    isStatusShown = false
    output.write(`${stamp()}${text}\n`)
    if (output.isTTY) showStatus()
  }

  function showStatus() {
    if (running.size === 0) return
    const status = stamp() + [...running].map(describe).join(' · ')
    output.write(`\r\x1b[K${truncate(status, (output.columns || 80) - 1)}`)
    isStatusShown = true
  }

  function remind() {
    for (const step of running) {
      if (Date.now() - step.startedAt < step.remindAfterMs) continue
      step.remindAfterMs *= 2
      line(`  … ${describe(step)}`)
    }
  }

  return {
    line,
    secondsSinceStart: () => seconds(startedAt),
    async run(title, work) {
      const step = { title, startedAt: Date.now(), detail: '', remindAfterMs: firstReminderMs }
      running.add(step)
      timer ??= setInterval(output.isTTY ? showStatus : remind, redrawEveryMs)
      try {
        const result = await work((detail) => {
          step.detail = detail
        })
        running.delete(step)
        line(`✓ ${title} (${seconds(step.startedAt)} s)`)
        return result
      } finally {
        running.delete(step)
        if (running.size === 0) {
          clearInterval(timer)
          timer = undefined
          if (isStatusShown) output.write('\r\x1b[K')
          isStatusShown = false
        }
      }
    },
  }
}

/** The start of a text that fits into so many columns, of which a Chinese character takes two. */
function truncate(/** @type {string} */ text, /** @type {number} */ columns) {
  let width = 0
  let fitting = ''
  for (const character of text) {
    width += character >= '\u2e80' ? 2 : 1
    if (width > columns) return fitting
    fitting += character
  }
  return fitting
}

module.exports = { createSteps }
