import { PictureModel } from '#bff/features/pictures/picture.model'
import { requestExample } from '#bff/http/openapi'
import { createGift } from '#shared/contracts/gifts'
import { limits } from '#shared/domain/limits'
import { tally } from '#test/support/crowd'
import { formOf } from '#test/support/upload'
import { idOf, photo, startPictures, weekMs } from './pictures.setting'
import { dayMs, refusal } from './setting'

const { api, send, keep, load, sweep } = startPictures()

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
    const body = { ...(requestExample(createGift) as object), pictureUrls: [first.url] }
    refusal(await api.send('POST', '/api/admin/gifts', { token, body }), 400, 'request.invalid')
    const second = await keep(bytes)
    expect(second.url).not.toBe(first.url)
    expect(await sweep()).toBe(1)
    expect([(await load(first.url)).status, (await load(second.url)).status]).toEqual([404, 200])
  })

  test('leaves what a gift came to name after the sweep had found it', async () => {
    const [first, second] = [await keep(), await keep()]
    await api.advance(weekMs + dayMs)
    const { storage } = api.app.app.services
    const { remove } = storage
    storage.remove = async (key) => {
      storage.remove = remove
      await api.make.gift({ pictureUrls: [second.url] })
      await remove(key)
    }
    await sweep()
    expect([(await load(first.url)).status, (await load(second.url)).status]).toEqual([404, 200])
  })

  test('and a gift that names the picture at that moment: the gift is refused or the picture stays', async () => {
    await api.advance(weekMs)
    while ((await sweep()) > 0);
    for (let round = 0; round < 6; round += 1) {
      const { url } = await keep()
      await PictureModel.updateMany({ isUsed: false }, { $set: { uploadedAt: new Date(0) } })
      const token = await api.make.adminToken()
      const body = { ...(requestExample(createGift) as object), pictureUrls: [url] }
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
