import { once } from 'node:events'
import { get, type IncomingMessage, request } from 'node:http'
import sharp from 'sharp'
import { PictureModel } from '#bff/features/pictures/picture.model'
import { UploadModel } from '#bff/features/uploads/upload.model'
import { adminRoles } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { formOf, noPictures, picture, upload } from '#test/support/upload'
import { idOf, path, photo, startPictures } from './pictures.setting'
import { refusal, success } from './setting'

const { api, send, keep, load } = startPictures()
const shown = async (url: string) => sharp(Buffer.from(await (await load(url)).arrayBuffer())).metadata()

describe('a picture of an operator', () => {
  test.each(['jpeg', 'png', 'webp'] as const)(
    'of type %s becomes two WebP copies for all',
    async (format) => {
      const bytes = await photo(format)
      const kept = success(await send({ bytes, type: `image/${format}` }), 201).picture
      expect(kept).toMatchObject({ widthPx: 1_200, heightPx: 900 })
      expect(success(await send(formOf(bytes)), 201).picture).toEqual(kept)
      expect(await shown(kept.url)).toMatchObject({ format: 'webp', width: 1_200, height: 900 })
      expect(await shown(kept.thumbnailUrl)).toMatchObject({ format: 'webp', width: 400, height: 300 })
    },
  )

  test('is kept by browsers for a year, and not sent again to who has it', async () => {
    const { url } = await keep()
    const first = await load(url)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    })
    const etag = String(first.headers.get('etag'))
    // Not with fetch, which then also says that it wants no cached answer.
    const again = get(api.app.baseUrl + url, { headers: { 'if-none-match': etag } })
    const [answer] = (await once(again, 'response')) as [IncomingMessage]
    expect(answer.statusCode).toBe(304)
    answer.resume()
    const head = await load(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([
      200,
      String((await first.arrayBuffer()).byteLength),
    ])
  })

  test('loses its place and everything else it carried, stands upright and is never enlarged', async () => {
    const bytes = await sharp(await photo('jpeg', 90, 60))
      .withExif({ IFD0: { Make: 'PhoneOfSomebody' }, IFD3: { GPSLatitude: '31/1 13/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const { url, thumbnailUrl } = await keep(bytes)
    for (const copy of [url, thumbnailUrl]) {
      const { width, height, exif } = await shown(copy)
      expect({ width, height, exif }).toEqual({ width: 60, height: 90, exif: undefined })
    }
  })

  test('that moves stands still: its first frame is kept', async () => {
    const frames = await Promise.all([photo('png', 40, 30), photo('png', 40, 30)])
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
    expect((await sharp(moving).metadata()).pages).toBe(2)
    const { url } = await keep(moving)
    expect(await shown(url)).toMatchObject({ width: 40, height: 30 })
    expect((await shown(url)).pages).toBeUndefined()
  })

  test.each(adminRoles)('is taken from %s only if that role edits gifts', async (role) => {
    const { token } = await api.make.colleague(role)
    const answer = await send(formOf(await photo('png', 20, 20)), token)
    if (role === 'owner' || role === 'operator') success(answer, 201)
    else refusal(answer, 403, 'auth.forbidden')
  })

  test('is taken from nobody else', async () => {
    const bytes = await picture()
    const member = await api.make.member()
    const staff = await api.make.staff()
    for (const { token } of [member, staff]) refusal(await send(formOf(bytes), token), 403, 'auth.forbidden')
    refusal(await upload(api.app.baseUrl, undefined, formOf(bytes), path), 401, 'auth.unauthenticated')
  })
})

describe('what is no picture', () => {
  test.each(noPictures)(
    '%s is refused, whatever it calls itself, and leaves nothing',
    async (_what, bytes) => {
      const before = await PictureModel.countDocuments()
      refusal(await send(formOf(bytes)), 400, 'upload.unsupported')
      refusal(await send({ bytes, type: 'image/webp' }), 400, 'upload.unsupported')
      expect(await PictureModel.countDocuments()).toBe(before)
    },
  )

  test('half a picture and a small file with too many pixels are refused', async () => {
    const whole = await photo('png', 300, 300)
    refusal(await send(formOf(whole.subarray(0, whole.length / 2))), 400, 'upload.unsupported')
    refusal(await send(formOf(await photo('png', 8_000, 7_000))), 400, 'upload.unsupported')
  })

  test('nothing, JSON and more than 5 MB are refused', async () => {
    refusal(await send(new FormData()), 400, 'request.invalid')
    for (const type of ['image/png', 'application/json', 'text/html', 'multipart/form-data'])
      refusal(await send({ bytes: Buffer.alloc(0), type }), 400, 'request.invalid')
    const large = Buffer.alloc(limits.uploadBytes + 1)
    refusal(await send({ bytes: large, type: 'image/jpeg' }), 413, 'request.too_large')
    refusal(await send(formOf(large)), 413, 'request.too_large')
  })

  test('a body that is cut off leaves nothing', async () => {
    const bytes = await photo()
    const before = await PictureModel.countDocuments()
    const headers = {
      authorization: `Bearer ${await api.make.adminToken()}`,
      'content-type': 'image/jpeg',
      'content-length': bytes.length,
    }
    const cut = request(api.app.baseUrl + path, { method: 'POST', headers })
    const broken = once(cut, 'error')
    cut.write(bytes.subarray(0, bytes.length / 2), () => cut.destroy(new Error('the phone is gone')))
    await broken
    await keep(bytes)
    expect(await PictureModel.countDocuments()).toBe(before + 1)
  })
})

describe('pictures at /pictures', () => {
  test("hold no member's own picture, by its id or by where it lies", async () => {
    const { token } = await api.make.member()
    const { id } = success(await upload(api.app.baseUrl, token, formOf(await picture())), 201).upload
    const { storageKey = '' } = (await UploadModel.findById(id).lean()) ?? {}
    const [, name] = storageKey.split('/')
    for (const hidden of [
      `/pictures/${id}.webp`,
      `/pictures/${name}.webp`,
      `/pictures/${storageKey}`,
      `/pictures/../${storageKey}`,
      `/pictures/..%2f${storageKey}`,
    ])
      refusal(await api.send('GET', hidden), 404, 'resource.not_found')
  })

  test.each([
    '.',
    '..',
    '%2e%2e/x',
    'x.webp',
    `${'0'.repeat(32)}.webp`,
    `${'0'.repeat(32)}-400.webp`,
    '%00.webp',
  ])('%s is not found', async (name) => {
    refusal(await api.send('GET', `/pictures/${name}`), 404, 'resource.not_found')
  })
})

describe('the same picture', () => {
  test('sent by 20 at once is one, with one entry in the audit trail', async () => {
    const token = await api.make.adminToken()
    for (let round = 0; round < 4; round += 1) {
      // So small that all of them are decoded before the first is written.
      const body = formOf(await photo('png', 4, 4))
      const answers = await Promise.all(Array.from({ length: 20 }, () => send(body, token)))
      const urls = new Set(answers.map((answer) => success(answer, 201).picture.url))
      expect(urls.size).toBe(1)
      const [url = ''] = urls
      const { items } = await api.make.admin('GET', '/api/admin/audit-entries?limit=100')
      const entries = items.filter(({ targetId }: { targetId: string }) => targetId === idOf({ url }))
      expect(entries).toHaveLength(1)
      expect((await load(url)).status).toBe(200)
    }
  })

  test('whose first upload broke off is finished by the next, under the same address', async () => {
    const bytes = await photo()
    const { storage } = api.app.app.services
    const { put } = storage
    storage.put = () => Promise.reject(new Error('the disk is full'))
    refusal(await send(formOf(bytes)), 500, 'service.failed')
    storage.put = put
    const [broken] = await PictureModel.find({ state: 'writing' }).lean()
    const { url } = await keep(bytes)
    expect(url).toBe(`/pictures/${broken?._id}.webp`)
    expect((await load(url)).status).toBe(200)
  })
})
