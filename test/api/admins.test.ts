import { randomUUID } from 'node:crypto'
import { allContracts } from '#shared/contracts/index'
import { advanceClock } from '#shared/contracts/test-clock'
import { type AdminRole, adminRoles } from '#shared/domain/enums'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const newAdmin = (role: AdminRole) => ({
  username: `a${randomUUID().slice(0, 12)}`,
  password: 'long-enough-password',
  name: '小顾',
  role,
})

async function signInAs(role: AdminRole): Promise<string> {
  const admin = newAdmin(role)
  await api.make.admin('POST', '/api/admin/admins', admin)
  const { username, password } = admin
  return success(await api.send('POST', '/api/admin/session', { body: { username, password } })).token
}

/** Who may do what, beside the owner. */
const allowed: Record<string, readonly AdminRole[]> = {
  'admin.sign-out': ['operator', 'reviewer', 'finance', 'support', 'partner'],
  'admin.admins.create': [],
  'admin.admins.list': [],
  'admin.admins.update': [],
  'admin.admins.reset-password': [],
  'admin.admins.sessions': [],
  'admin.admins.end-session': [],
  'admin.me.change-password': ['operator', 'reviewer', 'finance', 'support', 'partner'],
  'admin.me.sessions': ['operator', 'reviewer', 'finance', 'support', 'partner'],
  'admin.me.end-session': ['operator', 'reviewer', 'finance', 'support', 'partner'],
  'admin.pictures.create': ['operator'],
  'admin.audit.list': ['operator', 'finance', 'support'],
  'admin.alerts.list': ['operator', 'finance', 'support'],
  'admin.clock.advance': ['operator'],
  'admin.earning-rules.create': ['operator'],
  'admin.earning-rules.change': ['operator'],
  'admin.earning-rules.set-state': ['operator'],
  'admin.earning-rules.list': ['operator', 'finance'],
  'admin.earning-rules.read': ['operator', 'finance'],
  'admin.earning-rules.try': ['operator', 'finance', 'support'],
  'admin.rains.create': ['operator'],
  'admin.rains.change': ['operator'],
  'admin.rains.announce': ['operator'],
  'admin.rains.cancel': ['operator'],
  'admin.rains.list': ['operator', 'finance', 'support'],
  'admin.rains.read': ['operator', 'finance', 'support'],
  'admin.rains.report': ['operator', 'finance', 'support'],
  'admin.purchases.list': ['operator', 'finance', 'support'],
  'admin.refunds.list': ['operator', 'finance', 'support'],
  'admin.tasks.list': ['operator', 'reviewer', 'finance'],
  'admin.tasks.read': ['operator', 'reviewer', 'finance'],
  'admin.tasks.create': ['operator'],
  'admin.tasks.change': ['operator'],
  'admin.tasks.set-state': ['operator'],
  'admin.tasks.answers': ['operator'],
  'admin.tasks.tallies': ['operator'],
  'admin.tasks.export-answers': ['operator'],
  'admin.task-proofs.list': ['reviewer', 'support'],
  'admin.task-proofs.approve': ['reviewer'],
  'admin.task-proofs.reject': ['reviewer'],
  'admin.gifts.list': ['operator', 'reviewer', 'support'],
  'admin.gifts.read': ['operator', 'reviewer', 'support'],
  'admin.gifts.create': ['operator'],
  'admin.gifts.update': ['operator'],
  'admin.gifts.change-stock': ['operator'],
  'admin.gift-categories.create': ['operator'],
  'admin.members.list': ['operator', 'support', 'finance'],
  'admin.members.read': ['operator', 'support', 'finance'],
  'admin.members.tier': ['operator', 'support', 'finance'],
  'admin.members.update': ['operator', 'support'],
  'admin.entitlements.grant': ['operator', 'support'],
  'admin.entitlements.list': ['operator', 'support'],
  'admin.members.block': ['operator', 'support'],
  'admin.members.unblock': ['operator', 'support'],
  'admin.orders.list': ['operator', 'reviewer', 'support', 'finance'],
  'admin.orders.ship': ['operator'],
  'admin.orders.correct-shipment': ['operator'],
  'admin.invitations.list': ['operator', 'support', 'finance'],
  'admin.help.list': ['operator', 'support'],
  'admin.help.create': ['operator'],
  'admin.help.update': ['operator'],
  'admin.help.delete': ['operator'],
  'admin.help.update-contact': ['operator'],
  'admin.carriers.list': ['operator', 'support'],
  'admin.shipments.import': ['operator'],
  'admin.open-clients.create': [],
  'admin.open-clients.list': [],
  'admin.open-clients.update': [],
  'admin.open-clients.rotate-secret': [],
  'admin.open-clients.revoke-old-secret': [],
  'admin.orders.approve': ['reviewer'],
  'admin.orders.reject': ['reviewer'],
  'admin.orders.code-views': ['operator', 'support'],
  'admin.gift-codes.import': ['operator'],
  'admin.gift-codes.imports': ['operator'],
  'admin.gift-codes.read-import': ['operator'],
  'admin.gift-codes.withdraw': ['operator'],
  'admin.after-sales.list': ['operator', 'reviewer', 'support'],
  'admin.after-sales.read': ['operator', 'reviewer', 'support'],
  'admin.after-sales.approve': ['reviewer'],
  'admin.after-sales.reject': ['reviewer'],
  'admin.after-sales.receive': ['operator', 'reviewer'],
  'admin.uploads.read': ['reviewer', 'support'],
  'points.read-member': ['operator', 'finance', 'support'],
  'points.member-entries': ['operator', 'finance', 'support'],
  'points.adjust': ['operator', 'finance', 'support'],
  'points.adjustments.list': ['operator', 'finance', 'support'],
  'points.adjustments.approve': ['finance'],
  'points.adjustments.reject': ['finance'],
  'ledger.export': ['finance'],
  'ledger.liability': ['finance'],
  'ledger.verify': ['finance'],
  'ledger.verifications': ['finance'],
  'admin.settings.read': ['operator', 'finance'],
  'admin.settings.update': [],
  'admin.staff.create': ['operator'],
  'admin.staff.update': ['operator'],
  'admin.staff.list': ['operator', 'support'],
  'admin.stores.create': ['operator'],
  'admin.stores.update': ['operator'],
  'admin.stores.list': ['operator', 'reviewer', 'support'],
}

describe('roles', () => {
  const adminContracts = [...allContracts, advanceClock].filter(({ actor }) => actor === 'admin')

  test('the table of roles names every admin operation', () => {
    expect(Object.keys(allowed).sort()).toEqual(adminContracts.map(({ id }) => id).sort())
  })

  test.each(adminRoles.filter((role) => role !== 'owner'))(
    '%s may do what the table says and no more',
    async (role) => {
      const token = await signInAs(role)
      const mayDo: string[] = []
      // Signing out comes last: it ends the session.
      const ordered = [...adminContracts].sort((a) => (a.id === 'admin.sign-out' ? 1 : -1))
      for (const { id, method, path } of ordered) {
        // Nothing valid is sent, so what is allowed is refused for another reason than the role.
        const body =
          method === 'GET' || method === 'DELETE' ? undefined : { nothing: 'valid', reason: 0, carrier: 0 }
        const answer = await api.send(method, path.replace(':id', 'unknown'), { token, body })
        if (answer.status === 403) refusal(answer, 403, 'auth.forbidden')
        else mayDo.push(id)
      }
      expect(mayDo.sort()).toEqual(
        adminContracts
          .map(({ id }) => id)
          .filter((id) => allowed[id]?.includes(role))
          .sort(),
      )
    },
  )
})

describe('new admins', () => {
  const create = async (body: object) =>
    api.send('POST', '/api/admin/admins', { token: await api.make.adminToken(), body })

  test('the owner makes one, who signs in; the name is taken then', async () => {
    const input = newAdmin('operator')
    const { admin } = success(await create(input), 201)
    expect(admin).toEqual({
      id: expect.any(String),
      username: input.username,
      name: '小顾',
      role: 'operator',
    })
    refusal(await create(input), 409, 'resource.conflict')
  })

  test.each([
    { username: 'ab' },
    { username: 'Upper-Case' },
    { username: '1st' },
    { password: 'short' },
    { name: '' },
    { role: 'god' },
  ])('%j is refused', async (wrong) => {
    refusal(await create({ ...newAdmin('support'), ...wrong }), 400, 'request.invalid')
  })
})

describe('audit', () => {
  const auditOf = async (targetId: string): Promise<Json[]> =>
    (await api.make.admin('GET', `/api/admin/audit-entries?targetId=${targetId}`)).items

  test('each write names who, what, before and after', async () => {
    const { id } = await api.make.member()
    await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '刷分嫌疑' })
    await api.make.admin('POST', `/api/admin/members/${id}/unblock`, { reason: '查清楚了' })
    await api.make.admin('POST', `/api/admin/members/${id}/points-adjustments`, {
      change: 5,
      reason: '补一点吧',
    })
    expect(await auditOf(id)).toMatchObject([
      { operation: 'points.adjust', before: { available: 100 }, after: { available: 105, change: 5 } },
      {
        operation: 'admin.members.unblock',
        before: { blockedReason: '刷分嫌疑' },
        after: { blockedReason: null },
      },
      { operation: 'admin.members.block', before: { blockedReason: null }, adminName: '所有者' },
    ])
  })

  test('gifts, stock, stores, staff, admins, categories and orders are in it', async () => {
    const gift = await api.make.gift()
    await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { name: '新名字' })
    await api.make.admin('POST', `/api/admin/gifts/${gift.id}/stock-changes`, {
      change: 5,
      reason: '补货五件',
    })
    expect((await auditOf(gift.id)).map(({ operation }) => operation)).toEqual([
      'admin.gifts.change-stock',
      'admin.gifts.update',
      'admin.gifts.create',
    ])
    const staff = await api.make.staff()
    await api.make.admin('PATCH', `/api/admin/staff/${staff.id}`, { name: '改名' })
    expect(await auditOf(staff.id)).toMatchObject([
      { operation: 'admin.staff.update', before: { name: '小林' }, after: { name: '改名' } },
      { operation: 'admin.staff.create', before: null },
    ])
    expect(await auditOf(staff.storeId)).toMatchObject([{ operation: 'admin.stores.create' }])
    const { admin } = await api.make.admin('POST', '/api/admin/admins', newAdmin('finance'))
    expect(JSON.stringify(await auditOf(admin.id))).not.toContain('long-enough-password')
    expect(await auditOf(admin.id)).toMatchObject([{ operation: 'admin.admins.create' }])
    const { order } = await api.make.order({ gift: { handOver: 'delivery' } })
    await api.make.admin('POST', `/api/admin/orders/${order.id}/ship`, {
      carrier: '顺丰',
      trackingNumber: 'SF1234',
    })
    expect(await auditOf(order.id)).toMatchObject([
      {
        operation: 'admin.orders.ship',
        before: { state: 'to_ship' },
        after: { state: 'shipped', carrier: '顺丰' },
      },
    ])
  })

  test('a refused write leaves no entry', async () => {
    const { id } = await api.make.member()
    const token = await api.make.adminToken()
    const body = { change: -500, reason: '不够扣的' }
    const answer = await api.send('POST', `/api/admin/members/${id}/points-adjustments`, { token, body })
    refusal(answer, 409, 'points.insufficient')
    expect(await auditOf(id)).toEqual([])
  })

  test('the log pages from new to old', async () => {
    const { id } = await api.make.store()
    for (const hours of ['一', '二', '三'])
      await api.make.admin('PATCH', `/api/admin/stores/${id}`, { hours })
    const read = (query: string) =>
      api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}&limit=2${query}`)
    const first = await read('')
    const second = await read(`&cursor=${first.nextCursor}`)
    const hours = [...first.items, ...second.items].map(({ after }: Json) => after.hours)
    expect(hours).toEqual(['三', '二', '一', '10:00–22:00'])
    expect(second.nextCursor).toBeNull()
  })
})
