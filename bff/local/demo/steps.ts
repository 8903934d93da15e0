/** What the demo says while it starts. */
export interface Steps {
  line(text: string): void
  /** Runs a step, says when it is done and how long it took; one that takes long shows that it lives. */
  run<T>(title: string, work: (note: (detail: string) => void) => Promise<T>): Promise<T>
  secondsSinceStart(): string
}

const heartbeatMs = 5_000

export function createSteps(startedAt: number, print: (line: string) => void): Steps {
  const secondsSince = (instant: number) => ((Date.now() - instant) / 1_000).toFixed(1)
  const line = (text: string) => print(`[${secondsSince(startedAt).padStart(5)} s] ${text}`)
  return {
    line,
    secondsSinceStart: () => secondsSince(startedAt),
    async run(title, work) {
      const stepStartedAt = Date.now()
      let detail = ''
      const heartbeat = setInterval(() => {
        line(`  ${title} … ${[`${secondsSince(stepStartedAt)} s`, detail].filter(Boolean).join(', ')}`)
      }, heartbeatMs)
      try {
        const result = await work((text) => {
          detail = text
        })
        line(`✓ ${title} (${secondsSince(stepStartedAt)} s)`)
        return result
      } finally {
        clearInterval(heartbeat)
      }
    },
  }
}
