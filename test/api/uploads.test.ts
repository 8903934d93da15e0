import sharp from 'sharp'
import { sweepUploads } from '#bff/features/uploads/index'
import { UploadModel } from '#bff/features/uploads/upload.model'
import type { Json } from '#test/support/client'
import { many, tally } from '#test/support/crowd'
import { formOf, noPictures, picture, upload } from '#test/support/upload'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const send = (token: string | undefined, body: Parameters<typeof upload>[2]) =>
  upload(api.app.baseUrl, token, body)
const read = (path: string, token: string) =>
  fetch(api.app.baseUrl + path, { headers: { authorization: `Bearer ${token}` } })
const mebibyte = 1024 * 1024

describe('a picture', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('of type %s is kept, raw or in a form', async (format) => {
    const { token } = await api.make.member()
    const bytes = await picture(format)
    for (const body of [
      { bytes, type: `image/${format}` },
      formOf(bytes, 'photo', 'application/octet-stream'),
    ]) {
      const kept = success(await send(token, body), 201).upload
      expect(kept).toMatchObject({ contentType: `image/${format}`, widthPx: 40, heightPx: 30 })
      const answer = await read(`/api/member/uploads/${kept.id}`, token)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': `image/${format}`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, max-age=3600',
      })
      const shown = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
      expect(shown).toMatchObject({ format, width: 40, height: 30 })
    }
  })

  test('loses its place and everything else it carried, and stands upright', async () => {
    const { token } = await api.make.member()
    const bytes = await sharp(await picture('jpeg'))
      .withExif({ IFD0: { Make: 'PhoneOfSomebody' }, IFD3: { GPSLatitude: '31/1 13/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    const kept = success(await send(token, formOf(bytes)), 201).upload
    expect(kept).toMatchObject({ widthPx: 30, heightPx: 40 })
    const stored = Buffer.from(await (await read(`/api/member/uploads/${kept.id}`, token)).arrayBuffer())
    expect((await sharp(stored).metadata()).exif).toBeUndefined()
    expect(stored.includes('PhoneOfSomebody')).toBe(false)
  })

  test('is judged by its bytes: the kept type is the real one, whatever its name and header say', async () => {
    const { token } = await api.make.member()
    const kept = success(await send(token, formOf(await picture('png'), 'x.jpg', 'image/jpeg')), 201).upload
    expect(kept.contentType).toBe('image/png')
  })

  test('that is too large in pixels is made smaller', async () => {
    const { token } = await api.make.member()
    const kept = success(await send(token, formOf(await picture('jpeg', 4_000, 1_000))), 201).upload
    expect(kept).toMatchObject({ widthPx: 2_560, heightPx: 640 })
  })

  test('needs a member', async () => {
    refusal(await send(undefined, formOf(await picture())), 401, 'auth.unauthenticated')
    refusal(await send(await api.make.adminToken(), formOf(await picture())), 403, 'auth.forbidden')
  })
})

describe('what is no picture', () => {
  test.each(noPictures)('%s under the name photo.jpg is refused and leaves nothing', async (_what, bytes) => {
    const { id, token } = await api.make.member()
    refusal(await send(token, formOf(bytes)), 400, 'upload.unsupported')
    refusal(await send(token, { bytes, type: 'image/jpeg' }), 400, 'upload.unsupported')
    expect(await UploadModel.countDocuments({ memberId: id })).toBe(0)
  })

  test('half a picture is refused', async () => {
    const { token } = await api.make.member()
    const whole = await picture('png', 200, 200)
    refusal(await send(token, formOf(whole.subarray(0, whole.length / 2))), 400, 'upload.unsupported')
  })

  test('a small file with too many pixels is refused before it is unpacked', async () => {
    const { token } = await api.make.member()
    refusal(await send(token, formOf(await picture('png', 8_000, 7_000))), 400, 'upload.unsupported')
  })

  test('an empty form, an empty body, JSON and a form without a boundary are refused', async () => {
    const { token } = await api.make.member()
    refusal(await send(token, new FormData()), 400, 'request.invalid')
    for (const type of ['image/png', 'application/json', 'text/plain', 'multipart/form-data'])
      refusal(await send(token, { bytes: Buffer.alloc(0), type }), 400, 'request.invalid')
  })
})

describe('more than 5 MB', () => {
  test.each([
    ['raw', (bytes: Buffer) => ({ bytes, type: 'image/jpeg' })],
    ['in a form', (bytes: Buffer) => formOf(bytes)],
  ])('%s is refused, and the connection stays usable', async (_how, bodyOf) => {
    const { token } = await api.make.member()
    refusal(await send(token, bodyOf(Buffer.alloc(5 * mebibyte + 1))), 413, 'request.too_large')
    refusal(await send(token, bodyOf(Buffer.alloc(20 * mebibyte))), 413, 'request.too_large')
    success(await send(token, formOf(await picture())), 201)
  })

  test('is noticed also when the length is not told', async () => {
    const { token } = await api.make.member()
    const chunk = new Uint8Array(mebibyte)
    async function* chunks() {
      for (let count = 0; count < 7; count += 1) yield chunk
    }
    const answer = await fetch(`${api.app.baseUrl}/api/member/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'image/jpeg' },
      body: chunks() as unknown as ReadableStream,
      duplex: 'half',
    } as RequestInit)
    const body = (await answer.json()) as Json
    expect([answer.status, body.error.code]).toEqual([413, 'request.too_large'])
  })
})

test("another member's picture is not found, nor is one that does not exist", async () => {
  const owner = await api.make.member()
  const { id } = success(await send(owner.token, formOf(await picture())), 201).upload
  const { token } = await api.make.member()
  for (const path of [`/api/member/uploads/${id}`, '/api/member/uploads/none'])
    refusal(await api.send('GET', path, { token }), 404, 'resource.not_found')
  // Not yet sent in: it is nobody's business but the owner's.
  const admin = { token: await api.make.adminToken() }
  refusal(await api.send('GET', `/api/admin/uploads/${id}`, admin), 404, 'resource.not_found')
})

test('40 pictures of one member at once are 30, and the next day there is room again', async () => {
  const { token, openid } = await api.make.member()
  const bytes = await picture()
  const answers = await many(40, () => send(token, formOf(bytes)))
  expect(tally(answers)).toEqual({ '201': 30, 'upload.limit_reached': 10 })
  refusal(await send(token, formOf(bytes)), 409, 'upload.limit_reached')
  await api.advance(dayMs)
  success(await send(await api.signIn(openid), formOf(bytes)), 201)
})

describe('the sweep', () => {
  const sweep = async () => {
    let removed = 0
    for (
      let run = await sweepUploads(api.app.app.services);
      run > 0;
      run = await sweepUploads(api.app.app.services)
    )
      removed += run
    return removed
  }

  test('removes bytes and document of what nothing came of in 24 hours, not before, and leaves the rest', async () => {
    await api.advance(2 * dayMs)
    await sweep()
    const { id: memberId, token } = await api.make.member()
    const { id } = success(await send(token, formOf(await picture())), 201).upload
    const attached = success(await send(token, formOf(await picture())), 201).upload
    await UploadModel.updateOne({ _id: attached.id }, { $set: { attachedTo: 'after-sale:some' } })
    const { storageKey } = (await UploadModel.findById(id).lean()) ?? {}
    const { storage } = api.app.app.services
    expect(await sweep()).toBe(0)
    await api.advance(dayMs + 1_000)
    expect(await sweep()).toBe(1)
    expect(await sweep()).toBe(0)
    expect(await storage.get(storageKey ?? '')).toBeNull()
    expect((await UploadModel.find({ memberId }).lean()).map(({ _id }) => _id)).toEqual([attached.id])
  })

  test('finds what was cut off while it was written or removed', async () => {
    const { id: memberId, token } = await api.make.member()
    for (const state of ['writing', 'removing']) {
      const { id } = success(await send(token, formOf(await picture())), 201).upload
      await UploadModel.updateOne({ _id: id }, { $set: { state } })
      refusal(await api.send('GET', `/api/member/uploads/${id}`, { token }), 404, 'resource.not_found')
    }
    await api.advance(dayMs + 1_000)
    expect(await sweep()).toBe(2)
    expect(await UploadModel.countDocuments({ memberId })).toBe(0)
  })
})

test('a storage that fails leaves nothing that can be used, and what the sweep finds', async () => {
  const { id: memberId, token } = await api.make.member()
  const { storage } = api.app.app.services
  const { put } = storage
  storage.put = () => Promise.reject(new Error('the disk is full'))
  const answer = await send(token, formOf(await picture()))
  storage.put = put
  refusal(answer, 500, 'service.failed')
  expect(await UploadModel.find({ memberId }).lean()).toMatchObject([{ state: 'writing', attachedTo: null }])
})
