import sharp from 'sharp'
import type { Answer, Json } from './client'

type Format = 'jpeg' | 'png' | 'webp'

/** A real picture. */
export const picture = (format: Format = 'jpeg', widthPx = 40, heightPx = 30): Promise<Buffer> =>
  sharp({ create: { width: widthPx, height: heightPx, channels: 3, background: '#1f6b4f' } })
    .toFormat(format)
    .toBuffer()

/** What is no whole picture of the three types, whatever its name and header say. */
export const noPictures: readonly (readonly [string, Buffer])[] = [
  ['a script', Buffer.from('<script>alert(1)</script>')],
  ['a page', Buffer.from('<!doctype html><body onload="alert(1)">')],
  [
    'an SVG that asks for a file',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
  ],
  [
    'a whole SVG',
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>',
    ),
  ],
  ['a whole GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')],
  ['the first bytes of a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')],
  ['the first bytes of a PNG and a script', Buffer.from('\x89PNG\r\n\x1a\n<?php evil(); ?>', 'latin1')],
]

/** A form with one file, as WeChat sends it. */
export function formOf(bytes: Uint8Array, name = 'photo.jpg', type = 'image/jpeg'): FormData {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name)
  return form
}

/** Uploads over real HTTP: a form, or bytes under a content type. */
export async function upload(
  baseUrl: string,
  token: string | undefined,
  body: FormData | { bytes: Uint8Array; type: string },
  path = '/api/member/uploads',
): Promise<Answer<Json>> {
  const isForm = body instanceof FormData
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(isForm ? {} : { 'content-type': body.type }),
    },
    body: isForm ? body : new Uint8Array(body.bytes),
  })
  return { status: response.status, body: await response.json(), headers: response.headers }
}
