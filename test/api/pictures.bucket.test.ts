import { type S3StandIn, startS3StandIn } from '#bff/local/s3/stand-in'
import { formOf, picture, upload } from '#test/support/upload'
import { startPictures, weekMs } from './pictures.setting'
import { refusal, success } from './setting'

let s3: S3StandIn
const { api, keep, load, sweep } = startPictures(async () => {
  s3 = await startS3StandIn()
  return {
    S3_BUCKET_URL: s3.bucketUrl,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    RATE_LIMITS: 'on',
  }
})
afterAll(() => s3.stop())

test('both copies lie in the bucket under the prefix of public pictures, are served from there and swept', async () => {
  const { url, thumbnailUrl } = await keep()
  expect([...s3.objects]).toEqual([
    [expect.stringMatching(/^pictures\/[0-9a-f]{2}\/[0-9a-f]{32}$/), expect.anything()],
    [expect.stringMatching(/^pictures\/[0-9a-f]{2}\/[0-9a-f]{32}-400$/), expect.anything()],
  ])
  for (const copy of [url, thumbnailUrl]) {
    const answer = await load(copy)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
  }
  await api.advance(weekMs + 1_000)
  expect(await sweep()).toBe(1)
  expect(s3.objects.size).toBe(0)
})

test("a member's own picture in the same bucket is at no public address", async () => {
  const { token } = await api.make.member()
  success(await upload(api.app.baseUrl, token, formOf(await picture())), 201)
  const [key = ''] = [...s3.objects.keys()]
  const [, name] = key.split('/')
  for (const path of [`/pictures/${key}`, `/pictures/${name}.webp`, `/pictures/../${key}`])
    refusal(await api.send('GET', path), 404, 'resource.not_found')
})

test('a bucket that is away is an error, not a picture that is not there', async () => {
  const { url } = await keep()
  s3.failNext(503, 3)
  const answer = await api.send('GET', url)
  refusal(answer, 500, 'service.failed')
  expect(answer.headers.get('cache-control')).toBeNull()
  expect((await load(url)).status).toBe(200)
})

test('a bucket is asked no more often by one address than the limit says, whether the picture is there or not', async () => {
  const { url } = await keep()
  const { rateLimits } = api.app.app.services
  const asked = s3.requestCount()
  const counts = Array.from({ length: 6_000 }, () => rateLimits.count('picture', '127.0.0.1'))
  await Promise.allSettled(counts)
  for (const path of [url, `/pictures/${'0'.repeat(32)}.webp`])
    refusal(await api.send('GET', path), 429, 'rate.limited')
  expect(s3.requestCount()).toBe(asked)
})
