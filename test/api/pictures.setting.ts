import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { sweepPictures } from '#bff/features/pictures/index'
import { formOf, upload } from '#test/support/upload'
import { dayMs, startApi, success } from './setting'

export const path = '/api/admin/pictures'
export const weekMs = 7 * dayMs

/** A picture like no other. */
export const photo = (format: 'jpeg' | 'png' | 'webp' = 'jpeg', width = 1_600, height = 1_200) => {
  const [red = 0, green = 0, blue = 0] = randomBytes(3)
  const background = { r: red, g: green, b: blue }
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()
}

export const idOf = ({ url }: { url: string }) => url.slice('/pictures/'.length, -'.webp'.length)

/** One BFF and what an operator does with pictures there. */
export function startPictures(settings: Parameters<typeof startApi>[0] = {}) {
  const api = startApi(settings)
  const send = async (body: Parameters<typeof upload>[2], token?: string) =>
    upload(api.app.baseUrl, token ?? (await api.make.adminToken()), body, path)
  return {
    api,
    send,
    keep: async (bytes?: Buffer) => success(await send(formOf(bytes ?? (await photo()))), 201).picture,
    load: (url: string, init: RequestInit = {}) => fetch(api.app.baseUrl + url, init),
    sweep: () => sweepPictures(api.app.app.services),
  }
}
