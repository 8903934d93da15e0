import { approveTaskProof, rejectTaskProof } from '#shared/contracts/task-reviews'
import { DomainError, notFound } from '../../../kernel/errors'
import { runOnce } from '../../../platform/idempotency/run-once'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { requireActiveMember } from '../../members'
import { TaskModel, TaskVersionModel, versionIdOf } from '../task.model'
import { type TaskProof, TaskProofModel } from '../task-proof.model'
import { noTask } from '../tasks.errors'
import { completeTask } from './complete-task'
import { inQueue } from './submit-task'

type DecisionServices = Pick<Services, 'clock' | 'calendar' | 'locks' | 'outbox'>

/**
 * Approves a proof and rewards its member by the version that he saw; also after the task has ended, for he did it in time.
 * @throws `task.proof_decided`, `member.blocked`, `member.closed` and as `completeTask`.
 */
export async function approveProof(
  services: DecisionServices,
  { admin, proofId, key }: { admin: AdminPrincipal; proofId: string; key: string },
): Promise<{ points: number }> {
  const { taskId } = await findProof(proofId)
  const operation = approveTaskProof.id
  const once = {
    actor: `admin:${admin.id}`,
    operation,
    key,
    input: { proofId },
    now: services.clock.now(),
  }
  const { body } = await runOnce(
    once,
    async () => {
      const proof = await decide(services, admin, proofId, { state: 'approved', reason: null })
      const { memberId, period, version } = proof
      await requireActiveMember(memberId)
      const terms = await termsOf(proof)
      const { points } = await completeTask(services, { taskId, version, terms, memberId, period })
      const payload = { memberId, taskId, taskName: proof.taskName, points }
      await services.outbox.publish('task.approved', payload)
      await audit(services, admin, operation, proof, { state: 'approved', points })
      return { status: 200, body: { points } }
    },
    { around: (attempt) => inQueue(services, taskId, attempt) },
  )
  return body
}

/** Refuses a proof; its member reads why, and may hand in again while tries are left. @throws `task.proof_decided` */
export const rejectProof = (
  services: DecisionServices,
  { admin, proofId, reason }: { admin: AdminPrincipal; proofId: string; reason: string },
): Promise<void> =>
  inTransaction(async () => {
    const proof = await decide(services, admin, proofId, { state: 'rejected', reason })
    const { memberId, taskId, taskName } = proof
    await services.outbox.publish('task.rejected', { memberId, taskId, taskName, reason })
    await audit(services, admin, rejectTaskProof.id, proof, { state: 'rejected', reason })
  })

/** @throws `resource.not_found` */
export async function findProof(proofId: string): Promise<TaskProof> {
  const proof = await TaskProofModel.findById(proofId).lean()
  if (!proof) throw notFound('没有这份凭证')
  return proof
}

/** Two admins at once: the condition on the state lets one of them through. */
async function decide(
  { clock }: DecisionServices,
  admin: AdminPrincipal,
  proofId: string,
  { state, reason }: { state: 'approved' | 'rejected'; reason: string | null },
): Promise<TaskProof> {
  const before = await findProof(proofId)
  const changes = { state, reason, decidedBy: admin.name, decidedAt: clock.now() }
  const decided = await TaskProofModel.updateOne({ _id: proofId, state: 'reviewing' }, { $set: changes })
  if (decided.matchedCount !== 1) throw new DomainError('task.proof_decided')
  return before
}

/** What he was promised; the caps are those of now, for they count over all versions. */
async function termsOf({ taskId, version }: TaskProof) {
  const task = await TaskModel.findById(taskId).lean()
  const seen = await TaskVersionModel.findById(versionIdOf(taskId, version)).lean()
  if (!task || !seen) throw noTask()
  return { ...seen.terms, budget: task.budget, perMember: task.perMember }
}

const audit = (
  { clock }: DecisionServices,
  admin: AdminPrincipal,
  operation: string,
  proof: TaskProof,
  after: object,
): Promise<void> =>
  recordAudit(clock, admin, { operation, targetId: proof._id, before: { state: proof.state }, after })
