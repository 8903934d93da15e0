import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startApi } from '../setting'

const api = startApi()
const run = promisify(execFile)
const generator = join(dirname(require.resolve('openapi-typescript/package.json')), 'bin/cli.js')
const compiler = require.resolve('typescript/bin/tsc')

// Inside the project, so that the client finds its packages as a shop's would.
const folder = resolve(process.env.TEST_DATA_DIR ?? '.data/test', 'generated-client')
beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  cpSync(join(__dirname, 'ten-calls.fixture.ts'), join(folder, 'ten-calls.ts'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a client generated from /openapi.json compiles, and makes ten calls', async () => {
  const { body: document } = await api.send('GET', '/openapi.json')
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document))
  const generate = [generator, 'openapi.json', '-o', 'jili.d.ts', '--default-non-nullable=false']
  await run(process.execPath, generate, { cwd: folder })
  const options = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--skipLibCheck',
    '--types',
    'node',
  ]
  const compile = [compiler, ...options, 'ten-calls.ts']
  await run(process.execPath, compile, { cwd: folder }).catch(({ stdout }: { stdout: string }) => {
    throw new Error(`the generated client does not compile:\n${stdout}`)
  })
  const env = { ...process.env, BASE: api.app.baseUrl, PASSWORD: 'jili-test-owner' }
  const { stdout } = await run(process.execPath, ['ten-calls.js'], { cwd: folder, env })
  expect(JSON.parse(stdout)).toEqual({
    shelf: true,
    adjusted: 200,
    available: 300,
    state: 'to_pick_up',
    names: ['青瓷茶杯 × 2'],
    refused: 'gift.sold_out',
  })
})
