import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { imageTypes } from '#shared/domain/enums'
import { DomainError } from '../kernel/errors'

const tooLarge = () => new DomainError('request.too_large', { message: '图片不能超过 5 MB' })
const noPicture = () => new DomainError('request.invalid', { message: '请选择一张图片' })

/**
 * The bytes of the one picture a request carries: raw under an image type, or the first file of a form, which is how
 * WeChat uploads. What the client says of its name and type is not believed.
 * @throws `request.too_large` as soon as more than `maxBytes` came; `request.invalid` for anything else.
 */
export async function readUpload(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';', 1)
  const isForm = type.trim() === 'multipart/form-data'
  // A form has a boundary and headers around its file.
  const announced = Number(request.headers['content-length'] ?? 0)
  try {
    if (announced > maxBytes + (isForm ? 16_384 : 0)) throw tooLarge()
    if (isForm) return await readForm(request, maxBytes)
    if (imageTypes.some((known) => known === type.trim())) return await readRaw(request, maxBytes)
    throw noPicture()
  } catch (error) {
    // What still comes is read and dropped: an answer before the end of the request would break the connection.
    request.unpipe()
    request.resume()
    throw error
  }
}

function readRaw(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let sizeBytes = 0
    request.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) {
        chunks.length = 0
        reject(tooLarge())
      } else chunks.push(chunk)
    })
    request.on('end', () => (sizeBytes > 0 ? resolve(Buffer.concat(chunks)) : reject(noPicture())))
    request.on('error', () => reject(noPicture()))
    request.on('aborted', () => reject(noPicture()))
  })
}

function readForm(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parser = openParser(request, maxBytes)
    let file: Promise<Buffer> | null = null
    parser.on('file', (_field, stream) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('limit', () => reject(tooLarge()))
      file = new Promise((done) => stream.on('end', () => done(Buffer.concat(chunks))))
    })
    parser.on('error', () => reject(noPicture()))
    parser.on('finish', () => (file ? resolve(file) : reject(noPicture())))
    request.on('error', () => reject(noPicture()))
    request.on('aborted', () => reject(noPicture()))
    request.pipe(parser)
  })
}

function openParser(request: IncomingMessage, maxBytes: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': request.headers['content-type'] ?? '' },
      limits: { files: 1, fileSize: maxBytes, fields: 10, fieldSize: 1_024, parts: 12, headerPairs: 20 },
    })
  } catch {
    // Thrown for a form without a boundary.
    throw noPicture()
  }
}
