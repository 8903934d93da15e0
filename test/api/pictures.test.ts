import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage, request } from 'node:http'
import sharp from 'sharp'
import { sweepPictures } from '#bff/features/pictures/index'
import { PictureModel } from '#bff/features/pictures/picture.model'
import { UploadModel } from '#bff/features/uploads/upload.model'
import { adminRoles } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { many, tally } from '#test/support/crowd'
import { formOf, noPictures, picture, upload } from '#test/support/upload'
import { dayMs, refusal, startApi, success } from './setting'
import { validBodies } from './valid-bodies'

const path = '/api/admin/pictures'
const weekMs = 7 * dayMs

/** A picture like no other. */
const photo = (format: 'jpeg' | 'png' | 'webp' = 'jpeg', width = 1_600, height = 1_200) => {
  const [red = 0, green = 0, blue = 0] = randomBytes(3)
  const background = { r: red, g: green, b: blue }
  return sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()
}

const api = startApi()
const send = async (body: Parameters<typeof upload>[2], token?: string) =>
  upload(api.app.baseUrl, token ?? (await api.make.adminToken()), body, path)
const keep = async (bytes?: Buffer) => success(await send(formOf(bytes ?? (await photo()))), 201).picture
const load = (url: string, init: RequestInit = {}) => fetch(api.app.baseUrl + url, init)
const idOf = ({ url }: { url: string }) => url.slice('/pictures/'.length, -'.webp'.length)
const sweep = () => sweepPictures(api.app.app.services)
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
  test.each([...noPictures, ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')] as const])(
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
  test('sent by 16 at once is one, with one entry in the audit trail', async () => {
    const bytes = await photo()
    const urls = new Set((await many(16, () => keep(bytes))).map(({ url }) => url))
    expect(urls.size).toBe(1)
    const [url = ''] = urls
    const id = idOf({ url })
    expect(await PictureModel.countDocuments({ _id: id })).toBe(1)
    const { items } = await api.make.admin('GET', '/api/admin/audit-entries?limit=100')
    expect(items.filter(({ targetId }: { targetId: string }) => targetId === id)).toHaveLength(1)
    expect((await load(url)).status).toBe(200)
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

describe('the sweep', () => {
  test('removes what nothing named in 7 days, not before, and never what was named once', async () => {
    await api.advance(weekMs + dayMs)
    while ((await sweep()) > 0);
    const [used, unused] = [await keep(), await keep()]
    const gift = await api.make.gift({ pictureUrls: [used.url] })
    await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { pictureUrls: [] })
    await api.advance(weekMs - dayMs)
    expect(await sweep()).toBe(0)
    await api.advance(2 * dayMs)
    expect(await sweep()).toBe(1)
    expect(await sweep()).toBe(0)
    for (const url of [unused.url, unused.thumbnailUrl])
      refusal(await api.send('GET', url), 404, 'resource.not_found')
    for (const url of [used.url, used.thumbnailUrl]) expect((await load(url)).status).toBe(200)
  })

  test('leaves what was sent again, and what comes after it is another picture', async () => {
    const bytes = await photo()
    const first = await keep(bytes)
    await api.advance(weekMs - dayMs)
    expect(await keep(bytes)).toEqual(first)
    await api.advance(2 * dayMs)
    expect(await sweep()).toBe(0)
    await api.advance(weekMs)
    expect(await sweep()).toBe(1)
    const again = await keep(bytes)
    expect(again.url).not.toBe(first.url)
    expect((await load(again.url)).status).toBe(200)
  })

  test('finds what was cut off while it was written', async () => {
    await PictureModel.updateOne({ _id: idOf(await keep()) }, { $set: { state: 'writing' } })
    await api.advance(weekMs + dayMs)
    expect(await sweep()).toBeGreaterThanOrEqual(1)
    expect(await PictureModel.countDocuments({ state: 'writing' })).toBe(0)
  })

  test('that breaks off goes on later, and takes nothing of the same file that came meanwhile', async () => {
    while ((await sweep()) > 0);
    const bytes = await photo()
    const first = await keep(bytes)
    await api.advance(weekMs + dayMs)
    const { storage } = api.app.app.services
    const { remove } = storage
    storage.remove = () => Promise.reject(new Error('the disk is away'))
    await expect(sweep()).rejects.toThrow('the disk is away')
    storage.remove = remove
    // Half gone: it cannot be named any more, and the file is another picture now.
    const token = await api.make.adminToken()
    const body = { ...validBodies['admin.gifts.create'], pictureUrls: [first.url] }
    refusal(await api.send('POST', '/api/admin/gifts', { token, body }), 400, 'request.invalid')
    const second = await keep(bytes)
    expect(second.url).not.toBe(first.url)
    expect(await sweep()).toBe(1)
    expect([(await load(first.url)).status, (await load(second.url)).status]).toEqual([404, 200])
  })

  test('and a gift that names the picture at that moment: the gift is refused or the picture stays', async () => {
    await api.advance(weekMs)
    while ((await sweep()) > 0);
    for (let round = 0; round < 6; round += 1) {
      const { url } = await keep()
      await PictureModel.updateMany({ isUsed: false }, { $set: { uploadedAt: new Date(0) } })
      const token = await api.make.adminToken()
      const body = { ...validBodies['admin.gifts.create'], pictureUrls: [url] }
      const [answer] = await Promise.all([
        api.send('POST', '/api/admin/gifts', { token, body }),
        sweep(),
        sweep(),
      ])
      const { status } = await load(url)
      expect([tally([answer]), status]).toEqual(
        answer.status === 201 ? [{ '201': 1 }, 200] : [{ 'request.invalid': 1 }, 404],
      )
    }
  })

  test('has a bounded heap to clear: no more than so many unused pictures are taken', async () => {
    const room = limits.unusedPictures - (await PictureModel.countDocuments({ isUsed: false }))
    const fill = Array.from({ length: room }, (_, index) => ({
      _id: `filler-${index}`,
      state: 'stored',
      contentHash: `filler-${index}`,
      widthPx: 1,
      heightPx: 1,
      sizeBytes: 1,
      isUsed: false,
      uploadedAt: api.app.app.services.clock.now(),
    }))
    await PictureModel.insertMany(fill)
    refusal(await send(formOf(await photo())), 409, 'upload.limit_reached')
    await PictureModel.deleteMany({ _id: /^filler/ })
    await keep()
  })
})
