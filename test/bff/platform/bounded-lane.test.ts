import { isDomainError } from '#bff/kernel/errors'
import { createBoundedLane } from '#bff/platform/bounded-lane'
import { eventually } from '#test/support/eventually'

test('one piece of work runs at a time, a bounded number waits, and the rest are told to come again', async () => {
  const run = createBoundedLane({ waitingMax: 3 })
  let running = 0
  let mostAtOnce = 0
  const finish: (() => void)[] = []
  const work = async () => {
    running += 1
    mostAtOnce = Math.max(mostAtOnce, running)
    await new Promise<void>((resolve) => finish.push(resolve))
    running -= 1
    return 'done'
  }
  const outcomes = Array.from({ length: 10 }, () =>
    run(work).catch((error: unknown) =>
      isDomainError(error, 'service.busy') ? error.retryAfterSeconds : String(error),
    ),
  )
  const busy = await Promise.all(outcomes.slice(4))
  expect(busy).toEqual(Array(6).fill(2))
  for (let done = 0; done < 4; done += 1) {
    await eventually(() => expect(finish.length).toBe(done + 1), { withinMs: 5_000 })
    finish[done]?.()
  }
  expect(await Promise.all(outcomes.slice(0, 4))).toEqual(Array(4).fill('done'))
  expect(mostAtOnce).toBe(1)
})

test('work that fails makes room for the next', async () => {
  const run = createBoundedLane({ waitingMax: 1 })
  await expect(run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await run(async () => 'next')).toBe('next')
})
