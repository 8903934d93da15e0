import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type S3StandIn, startS3StandIn } from '#bff/local/s3/stand-in'
import { createStorage } from '#bff/platform/storage/create-storage'
import { newStorageKey, newStorageName, pictureKeyOf } from '#bff/platform/storage/storage-key'

const folder = mkdtempSync(join(tmpdir(), 'jili-storage-'))
let s3: S3StandIn
beforeAll(async () => {
  s3 = await startS3StandIn()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await s3.stop()
})

const bytes = Buffer.from([0, 255, 1, 2, 13, 10])

describe.each(['disk', 's3'] as const)('%s', (kind) => {
  const open = () => createStorage({ folder, s3: kind === 's3' ? s3 : null })

  test('gives back what was put, byte by byte, until it is removed', async () => {
    const storage = open()
    const key = newStorageKey()
    expect(await storage.get(key)).toBeNull()
    await storage.put(key, bytes, 'image/png')
    expect(await storage.get(key)).toEqual(bytes)
    await storage.put(key, Buffer.from('later'), 'image/png')
    expect(String(await storage.get(key))).toBe('later')
    await storage.remove(key)
    await storage.remove(key)
    expect(await storage.get(key)).toBeNull()
  })

  test('keeps the copies of a public picture apart from what is somebody’s own under the same name', async () => {
    const storage = open()
    const name = newStorageName()
    for (const copy of [name, `${name}-400`])
      await storage.put(pictureKeyOf(copy), Buffer.from(copy), 'image/webp')
    expect(await storage.get(`${name.slice(0, 2)}/${name}`)).toBeNull()
    expect(String(await storage.get(pictureKeyOf(`${name}-400`)))).toBe(`${name}-400`)
  })

  test.each([
    '../secrets',
    '/etc/passwd',
    'ab/../../x',
    'ab/ABC',
    '',
    'a'.repeat(35),
    `pictures/../ab/${'a'.repeat(32)}`,
    `pictures/ab/${'a'.repeat(32)}-`,
    `pictures/ab/${'a'.repeat(32)}/../x`,
  ])('refuses the key %j, which is none of ours', async (key) => {
    const storage = open()
    const calls = [
      () => storage.put(key, bytes, 'image/png'),
      () => storage.get(key),
      () => storage.remove(key),
    ]
    for (const call of calls) await expect((async () => call())()).rejects.toThrow('a storage key of ours')
  })
})

test('files cannot be executed or read by others, have no extension, and leave nothing half-written', async () => {
  const storage = createStorage({ folder, s3: null })
  const key = newStorageKey()
  await Promise.all(Array.from({ length: 8 }, () => storage.put(key, bytes, 'image/png')))
  expect(statSync(join(folder, key)).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, key.slice(0, 2)))).toEqual([key.slice(3)])
})

describe('the bucket', () => {
  test('gets objects under their content type', async () => {
    const key = newStorageKey()
    await createStorage({ folder, s3 }).put(key, bytes, 'image/webp')
    expect(s3.objects.get(key)).toEqual({ bytes, contentType: 'image/webp' })
  })

  test.each([{ secretAccessKey: 'another' }, { accessKeyId: 'another' }, { region: 'elsewhere' }])(
    'refuses what is signed with %j, and the error tells no secret',
    async (wrong) => {
      const storage = createStorage({ folder, s3: { ...s3, ...wrong } })
      const put = storage.put(newStorageKey(), bytes, 'image/png')
      await expect(put).rejects.toThrow('the bucket answered PUT with 403')
    },
  )

  test('is asked again when it is busy, and given up when it stays so', async () => {
    const storage = createStorage({ folder, s3 })
    const key = newStorageKey()
    s3.failNext(503, 2)
    await storage.put(key, bytes, 'image/png')
    expect(s3.objects.has(key)).toBe(true)
    s3.failNext(503, 3)
    await expect(storage.get(key)).rejects.toThrow('503')
  })

  test('is not believed to have nothing when it cannot be found', async () => {
    const storage = createStorage({ folder, s3: { ...s3, bucketUrl: 'http://127.0.0.1:9/none' } })
    await expect(storage.get(newStorageKey())).rejects.toThrow()
  })
})
