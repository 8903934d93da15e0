import { z } from 'zod'
import { adjustmentStates } from '../domain/enums'
import { limits } from '../domain/limits'
import { defineContract, identifier, idParams, instant, pageOf, pageQuery } from './contract'
import { pointsSummary } from './points'

const reason = z.string().trim().min(2).max(limits.reasonCharacters)

const adminName = z.object({ id: identifier, name: z.string() })

export const pointsAdjustment = z.object({
  id: identifier,
  memberId: identifier,
  change: z.int(),
  reason: z.string(),
  reversesEntryId: identifier.nullable().describe('要收回的那笔获得'),
  state: z.enum(adjustmentStates),
  requestedBy: adminName,
  requestedAt: instant,
  decidedBy: adminName.nullable().describe('审批或拒绝的人；限额之内直接入账，没有'),
  decidedAt: instant.nullable(),
  rejectReason: z.string().nullable(),
  debtChange: z.int().nullable().describe('入账时欠款的增减；没有入账就没有'),
})

const settled = z.object({ adjustment: pointsAdjustment, points: pointsSummary })

export const adjustPoints = defineContract({
  id: 'points.adjust',
  method: 'POST',
  path: '/api/admin/members/:id/points-adjustments',
  actor: 'admin',
  summary: '人工调整积分，写明原因；同一管理员当天对同一会员累计超过限额，要另一位管理员审批',
  idempotency: 'required',
  params: idParams,
  body: z
    .object({
      change: z
        .int()
        .min(-limits.pointsMax)
        .max(limits.pointsMax)
        .refine((change) => change !== 0, '调整数不能是 0'),
      reason,
      reversesEntryId: identifier.optional().describe('收回这笔获得：已用掉的部分记为欠款'),
    })
    .refine(({ change, reversesEntryId }) => reversesEntryId === undefined || change < 0, {
      path: ['change'],
      message: '收回时要写负数',
    }),
  status: 201,
  response: settled,
  errors: ['points.insufficient', 'points.in_debt', 'points.limit_reached', 'member.closed'],
})

export const listAdjustments = defineContract({
  id: 'points.adjustments.list',
  method: 'GET',
  path: '/api/admin/points-adjustments',
  actor: 'admin',
  summary: '积分调整，新的在前',
  query: pageQuery.extend({ state: z.enum(adjustmentStates).optional(), memberId: identifier.optional() }),
  status: 200,
  response: pageOf(pointsAdjustment),
})

export const approveAdjustment = defineContract({
  id: 'points.adjustments.approve',
  method: 'POST',
  path: '/api/admin/points-adjustments/:id/approve',
  actor: 'admin',
  summary: '批准一笔积分调整并入账；申请人自己不能批',
  idempotency: 'required',
  params: idParams,
  status: 200,
  response: settled,
  errors: [
    'points.approval_by_another',
    'points.adjustment_decided',
    'points.insufficient',
    'points.in_debt',
    'points.limit_reached',
    'member.closed',
  ],
})

export const rejectAdjustment = defineContract({
  id: 'points.adjustments.reject',
  method: 'POST',
  path: '/api/admin/points-adjustments/:id/reject',
  actor: 'admin',
  summary: '拒绝一笔积分调整，写明原因；申请人可以这样撤回',
  params: idParams,
  body: z.object({ reason }),
  status: 200,
  response: z.object({ adjustment: pointsAdjustment }),
  errors: ['points.adjustment_decided'],
})
