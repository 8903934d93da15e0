import * as contracts from '#shared/contracts/entitlements'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { notFound } from '../../kernel/errors'
import { runOnce } from '../../platform/idempotency/run-once'
import { adminWith, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { findMemberById } from '../members'
import { grantEntitlements } from './commands/grant-entitlements'
import { type Entitlement, EntitlementModel } from './entitlement.model'

const present = ({ _id, name, reason, grantedAt, expiresOn, orderId, usedAt }: Entitlement) => ({
  id: _id,
  name,
  reason,
  grantedAt: grantedAt.toISOString(),
  expiresOn,
  usedBy: orderId && usedAt ? { orderId, usedAt: usedAt.toISOString() } : null,
})

async function requireMember(memberId: string): Promise<void> {
  if (!(await findMemberById(memberId))) throw notFound('没有这位会员')
}

const grant = route(contracts.grantEntitlements, adminWith('operator', 'support'), async (call) => {
  const { services, principal, params, body } = call
  await requireMember(params.id)
  const once = {
    actor: `admin:${principal.id}`,
    operation: contracts.grantEntitlements.id,
    key: call.idempotencyKey,
    input: { memberId: params.id, ...body },
    now: services.clock.now(),
  }
  const { body: answer } = await runOnce(once, async () => {
    const { name, quantity, reason, expiresOn = null } = body
    const rows = await grantEntitlements(services, { memberId: params.id, name, quantity, reason, expiresOn })
    await recordAudit(services.clock, principal, {
      operation: contracts.grantEntitlements.id,
      targetId: params.id,
      before: null,
      after: body,
    })
    return { status: 201, body: { entitlements: rows.map(present) } }
  })
  return answer
})

const list = route(
  contracts.listEntitlements,
  adminWith('operator', 'support'),
  async ({ params, query }) => {
    const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
    await requireMember(params.id)
    const rows = await EntitlementModel.find({ memberId: params.id, ...before })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    return { items: page.items.map(present), nextCursor: page.nextCursor }
  },
)

export const entitlementsRoutes = [grant, list]
