import cluster from 'node:cluster'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { anyone, type Route, route } from '#bff/platform/route'
import { runProcess } from '#bff/run-process'
import { supervise } from '#bff/supervisor'
import { defineContract } from '#shared/contracts/contract'

/** The real BFF under its supervisor, with routes that raise what nobody foresaw. Each comes after the answer, outside any request. */
const faults = {
  exception: () => setImmediate(() => raise()),
  rejection: () => void Promise.reject(new Error('a planted fault')),
  stream: () => void new Readable({ read() {} }).destroy(new Error('a planted fault')),
  emitter: () =>
    process.nextTick(() => process.emit('error' as never, new Error('a planted fault') as never)),
  timer: () => void setTimeout(raise, 1),
}
const kinds = Object.keys(faults) as (keyof typeof faults)[]
function raise(): never {
  throw new Error('a planted fault')
}

const common = { actor: 'public', summary: '测试', status: 200 } as const
const pid = z.object({ pid: z.number() })
const routes: Route[] = [
  route(
    defineContract({ ...common, id: 'test.pid', method: 'GET', path: '/api/test/pid', response: pid }),
    anyone,
    async () => ({ pid: process.pid }),
  ),
  route(
    defineContract({
      ...common,
      id: 'test.fault',
      method: 'POST',
      path: '/api/test/faults',
      body: z.object({ kind: z.enum(kinds as [keyof typeof faults]) }),
      response: pid,
    }),
    anyone,
    async ({ body }) => {
      setImmediate(faults[body.kind])
      return { pid: process.pid }
    },
  ),
  // Answers once the process knows that another one has taken its place.
  route(
    defineContract({ ...common, id: 'test.held', method: 'GET', path: '/api/test/held', response: pid }),
    anyone,
    async () => {
      await new Promise((resolve) => process.once('message', resolve))
      return { pid: process.pid }
    },
  ),
]

if (cluster.isPrimary) supervise()
else void runProcess({ extraRoutes: routes })
