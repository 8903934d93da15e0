import { randomUUID } from 'node:crypto'
import { type BffProcess, startBffProcess } from '#test/support/app'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { withTwoProcesses } from '#test/support/two-processes'
import { formOf, picture, upload } from '#test/support/upload'
import { refusal, success } from './setting'

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

test('stopping an admin, another role, a new password and an ended session hold at once in the other process', async () => {
  const settings = testSettings()
  await withTwoProcesses(settings, async ([first, second]) => {
    const make = createFactories(first.send)
    const colleague = (role: 'finance' | 'support') => make.colleague(role)
    const list = (token: string) => second.send('GET', '/api/admin/me/sessions', { token })
    const liability = (token: string) => second.send('GET', '/api/admin/ledger/liability', { token })

    const stopped = await colleague('support')
    // Read there first: what the process or Redis may keep of a session is kept now.
    success(await list(stopped.token))
    await make.admin('PATCH', `/api/admin/admins/${stopped.id}`, { isActive: false })
    refusal(await list(stopped.token), 401, 'auth.unauthenticated')

    const demoted = await colleague('finance')
    success(await liability(demoted.token))
    await make.admin('PATCH', `/api/admin/admins/${demoted.id}`, { role: 'support' })
    refusal(await liability(demoted.token), 403, 'auth.forbidden')

    const renewed = await colleague('support')
    success(await list(renewed.token))
    await make.admin('POST', `/api/admin/admins/${renewed.id}/password`, { password: 'brand-new-password' })
    refusal(await list(renewed.token), 401, 'auth.unauthenticated')

    const ended = await colleague('support')
    const [session] = success(await list(ended.token)).items
    await make.admin('DELETE', `/api/admin/admins/${ended.id}/sessions/${session.id}`)
    refusal(await list(ended.token), 401, 'auth.unauthenticated')
  })
}, 120_000)

test('wrong passwords count together in both processes, with Redis gone', async () => {
  const settings = testSettings({ RATE_LIMITS: 'on', REDIS_URL: 'redis://127.0.0.1:1' })
  await withTwoProcesses(settings, async (processes) => {
    const body = { username: 'somebody', password: 'wrong-password' }
    const guess = (turn: number) =>
      processes[turn % 2 === 0 ? 0 : 1].send('POST', '/api/admin/session', { body })
    try {
      for (let turn = 0; turn < 5; turn += 1) refusal(await guess(turn), 401, 'auth.wrong_password')
      for (let turn = 0; turn < 2; turn += 1) refusal(await guess(turn), 429, 'rate.limited')
    } finally {
      // A worker that is asked to end waits for its Redis.
      for (const bff of processes) await bff.kill()
    }
  })
}, 120_000)
