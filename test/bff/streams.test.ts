import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const sources = execFileSync('git', ['ls-files', 'bff'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file.endsWith('.ts'))

/** `.pipe` hands on bytes and no failure: the stream at its other end would fail unheard, and end the process. */
const pipes = (text: string) => /\.pipe\(/.test(text)

test('no stream is piped but through pipeline', () => {
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.filter((file) => pipes(readFileSync(file, 'utf8')))).toEqual([])
  expect(pipes('request.pipe(parser)')).toBe(true)
})
