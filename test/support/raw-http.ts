import { connect } from 'node:net'

export interface RawRequest {
  head: readonly string[]
  body: Buffer
  /** What the client does after its last byte: waits, sends no more, or is gone. */
  ending?: 'wait' | 'end' | 'hang up'
}

/**
 * Sends bytes as they are over a connection of their own, past what any HTTP client would mend. Gives the status of the answer and
 * its body; 0 when the connection was cut without one. @throws Error when nothing happens for 30 s
 */
export function sendBytes(
  baseUrl: string,
  { head, body, ending = 'wait' }: RawRequest,
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(baseUrl)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    const settle = () => {
      const answer = Buffer.concat(chunks).toString()
      const status = Number(/^HTTP\/1\.1 (?!100)(\d+)/m.exec(answer)?.[1] ?? 0)
      resolve({ status, text: answer.split('\r\n\r\n').slice(1).join('\r\n\r\n') })
    }
    socket.setTimeout(30_000, () => {
      socket.destroy()
      reject(new Error('the connection hangs'))
    })
    socket.on('data', (chunk) => chunks.push(chunk))
    // A server may answer and cut while we still write.
    socket.on('error', () => undefined)
    socket.on('close', settle)
    socket.write(Buffer.concat([Buffer.from([...head, '', ''].join('\r\n')), body]), () => {
      if (ending === 'end') socket.end()
      if (ending === 'hang up') socket.destroy()
    })
  })
}
