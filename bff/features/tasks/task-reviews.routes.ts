import * as contracts from '#shared/contracts/task-reviews'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { inTransaction } from '../../platform/mongo/transaction'
import { adminWith, type Route, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { approveProof, findProof, rejectProof } from './commands/decide-proof'
import { exportAnswers, listAnswers, tallyAnswers } from './queries/read-answers'
import { TaskProofModel } from './task-proof.model'
import { presentProof } from './tasks.presenter'

const mayReadAnswers = adminWith('operator')
const mayReview = adminWith('reviewer')

const listProofs = route(contracts.listTaskProofs, adminWith('reviewer', 'support'), async ({ query }) => {
  // Who has waited longest comes first; of what is decided the newest.
  const [order, after] = query.state === 'reviewing' ? ([1, '$gt'] as const) : ([-1, '$lt'] as const)
  const rows = await TaskProofModel.find({
    state: query.state,
    ...(query.cursor ? { _id: { [after]: decodeCursor(query.cursor, ['string'])[0] } } : {}),
  })
    .sort({ _id: order })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: page.items.map(presentProof), nextCursor: page.nextCursor }
})

/** What admins see of answers and proofs, and decide. */
export const reviewRoutes: Route[] = [
  route(contracts.listTaskAnswers, mayReadAnswers, ({ params, query }) => listAnswers(params.id, query)),
  route(contracts.tallyTaskAnswers, mayReadAnswers, ({ params, query }) =>
    tallyAnswers(params.id, query.version),
  ),
  route(contracts.exportTaskAnswers, mayReadAnswers, async ({ services, principal, params, query }) => {
    const file = await exportAnswers(params.id, query.version)
    // Who took members' answers out of the house is worth an entry.
    const entry = { operation: contracts.exportTaskAnswers.id, targetId: params.id }
    await inTransaction(() =>
      recordAudit(services.clock, principal, { ...entry, before: null, after: query }),
    )
    return file
  }),
  listProofs,
  route(
    contracts.approveTaskProof,
    mayReview,
    async ({ services, principal, params, idempotencyKey: key }) => {
      const { points } = await approveProof(services, { admin: principal, proofId: params.id, key })
      return { proof: presentProof(await findProof(params.id)), points }
    },
  ),
  route(contracts.rejectTaskProof, mayReview, async ({ services, principal, params, body }) => {
    await rejectProof(services, { admin: principal, proofId: params.id, reason: body.reason })
    return { proof: presentProof(await findProof(params.id)) }
  }),
]
