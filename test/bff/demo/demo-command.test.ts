import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'

/** Runs the command as a user would; both refusals come before anything is installed or started. */
const runDemo = (options: { port: number; nodeArgs?: string[] }) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...(options.nodeArgs ?? []), 'scripts/demo.cjs'],
    { env: { PATH: process.env.PATH, PORT: String(options.port) }, encoding: 'utf8', timeout: 20_000 },
  )
  return { status, stdout, stderr }
}

test('a taken port is told in one text with a way out, and nothing is started', async () => {
  const server = createServer()
  const port = await new Promise<number>((resolve, reject) => {
    server.listen(0, () => {
      const address = server.address()
      if (typeof address === 'object' && address) resolve(address.port)
      else reject(new Error('no port'))
    })
  })
  try {
    const { status, stdout, stderr } = runDemo({ port })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(`端口 ${port} 已被占用`)
    expect(stderr).toContain(`PORT=${port + 1} npm run demo`)
    expect(stderr).not.toMatch(/^\s+at /m)
  } finally {
    server.close()
  }
})

test('a Node that is too old is told which one is needed', () => {
  const oldNode = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.18.3' } })`
  const { status, stdout, stderr } = runDemo({
    port: 1,
    nodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(oldNode)}`],
  })
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('需要 Node 20.19 或更新，现在是 20.18.3')
  expect(stderr).not.toMatch(/^\s+at /m)
})
