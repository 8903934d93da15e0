import type { Locator } from 'playwright-core'
import { taskInput } from '#bff/local/demo/world/tasks'
import { ensureBuilt } from '#test/miniapp/weapp/ensure-built'
import { openBrowser, openPhone, type Phone, rememberSessions } from '#test/support/browser'
import { startApi } from '../api/setting'
import { photo } from './sample-photo'

const api = startApi(async () => ({ H5_DIR: ensureBuilt('h5') }))
let browser: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  browser = await openBrowser()
}, 300_000)

afterAll(() => browser?.close())

/** A member's phone on a page, which gives a photo to whatever asks for one. */
async function openAt(token: string, hash: string) {
  const phone: Phone = await openPhone(browser, api.app.baseUrl, { reducedMotion: 'reduce' })
  await rememberSessions(phone, { member: { token, expiresAt: '2099-01-01T00:00:00.000Z' } })
  phone.page.on('filechooser', (chooser) => void chooser.setFiles(photo))
  await phone.page.goto(`/#/${hash}`)
  const at = (selector: string) => phone.page.locator(selector).locator('visible=true').first()
  return { phone, at, tap: (selector: string) => at(selector).click() }
}

/** A picture that the browser has really drawn. */
const isDrawn = async (picture: Locator): Promise<boolean> => {
  await picture.waitFor()
  return picture.evaluate(async (element) => {
    const image = element as unknown as { decode(): Promise<void>; naturalWidth: number }
    await image.decode()
    return image.naturalWidth > 0
  })
}

test('an avatar goes up and is shown', async () => {
  const { token } = await api.make.member()
  const { phone, at, tap } = await openAt(token, 'packages/member/profile/index')
  await tap('#profile-avatar')
  expect(await isDrawn(at('.avatar__picture img'))).toBe(true)
  const { body } = await api.app.send('GET', '/api/member/me', { token })
  expect(body.member.avatarUrl).toContain('/api/avatars/')
  expect(phone.complaints).toEqual([])
  await phone.page.context().close()
})

test('a photo that did not go up says so, and goes up as the proof of a task at a tap', async () => {
  const { token } = await api.make.member()
  const { task } = await api.make.admin('POST', '/api/admin/tasks', taskInput('proof'))
  await api.make.admin('POST', `/api/admin/tasks/${task.id}/state`, { state: 'running' })
  const { phone, at, tap } = await openAt(token, `packages/task/detail/index?id=${task.id}`)
  await phone.page.route('**/api/member/uploads', (intercepted) => intercepted.abort())
  await tap('#photo-add')
  await phone.page.locator('#photo-state-0', { hasText: '没传上，点这里再试' }).waitFor()
  expect(await isDrawn(at('.photo__image img'))).toBe(true)
  await phone.page.unroute('**/api/member/uploads')
  phone.complaints.length = 0
  await tap('#photo-state-0')
  await phone.page.locator('#photo-state-0').waitFor({ state: 'detached' })
  await tap('#task-submit')
  await phone.page.locator('#task-state', { hasText: '审核中' }).waitFor()
  expect(phone.complaints).toEqual([])
  await phone.page.context().close()
})

test('a photo goes up with an after-sale, and is shown in it', async () => {
  const { order, member } = await api.make.order({ gift: { handOver: 'delivery' } })
  const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1390027718842' }
  await api.make.admin('POST', `/api/admin/orders/${order.id}/ship`, parcel)
  const { phone, at, tap } = await openAt(member.token, `packages/order/after-sale/index?id=${order.id}`)
  await tap('#kind-damage')
  await at('#after-sale-reason textarea').fill('杯口磕掉了一块')
  await tap('#photo-add')
  await at('.photo__image').waitFor()
  await phone.page.locator('#photo-state-0').waitFor({ state: 'detached' })
  await tap('#after-sale-submit')
  await at('#after-sale-state').waitFor()
  expect(await isDrawn(at('.photo__image img'))).toBe(true)
  expect(phone.complaints).toEqual([])
  await phone.page.context().close()
})
