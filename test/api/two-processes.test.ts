import { randomUUID } from 'node:crypto'
import { type BffProcess, startBffProcess } from '#test/support/app'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { withTwoProcesses } from '#test/support/two-processes'
import { formOf, picture, upload } from '#test/support/upload'
import { success } from './setting'

test('a key answers the same after its process was killed: from the other and from a new one', async () => {
  const settings = testSettings()
  await withTwoProcesses(settings, async (processes) => {
    const [first, second] = processes
    const make = createFactories(second.send)
    const gift = await make.gift({ stock: 5 })
    const { token } = await make.member()
    const key = randomUUID()
    const body = { items: [{ giftId: gift.id, quantity: 1 }] }
    const place = ({ send }: BffProcess) => send('POST', '/api/member/orders', { token, key, body })
    const answer = success(await place(first), 201)
    await first.kill()
    expect(success(await place(second), 201)).toEqual(answer)
    const reborn = await startBffProcess(settings)
    processes[0] = reborn
    expect(success(await place(reborn), 201)).toEqual(answer)
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(4)
    await make.expectCleanLedger()
  })
}, 120_000)

test('a picture that both processes are sent at once is one, and each serves it', async () => {
  await withTwoProcesses(testSettings(), async ([first, second]) => {
    const token = await createFactories(first.send).adminToken()
    const body = formOf(await picture())
    const answers = await Promise.all(
      [first, second, first, second].map(({ baseUrl }) =>
        upload(baseUrl, token, body, '/api/admin/pictures'),
      ),
    )
    const urls = new Set(answers.map((answer) => success(answer, 201).picture.url))
    expect(urls.size).toBe(1)
    for (const { baseUrl } of [first, second])
      expect((await fetch(`${baseUrl}${[...urls][0]}`)).status).toBe(200)
  })
}, 120_000)
