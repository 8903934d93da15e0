import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
}

/** What the API says to a GET; undefined is 404. */
export type Answerer = (path: string, query: URLSearchParams) => unknown

export interface H5Server {
  baseUrl: string
  close(): Promise<void>
}

/** Serves a built H5 as a proxy in front of it would, compressed beforehand, and an API that costs nothing. */
export async function serveH5(folder: string, answer: Answerer = () => undefined): Promise<H5Server> {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return [path.slice(folder.length).split(sep).join('/'), gzipSync(readFileSync(path))]
      }),
  )
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const path = pathname === '/' ? '/index.html' : pathname
    const said = path.startsWith('/api/') ? answer(path, searchParams) : undefined
    const body = said === undefined ? files.get(path) : gzipSync(JSON.stringify(said))
    if (!body) {
      response.writeHead(404).end()
      return
    }
    const type = said === undefined ? types[extname(path)] : types['.json']
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': 'no-cache' })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
