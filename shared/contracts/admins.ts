import { z } from 'zod'
import { adminRoles } from '../domain/enums'
import { defineContract, identifier, instant, pageOf, pageQuery, text } from './contract'

export const admin = z.object({
  id: identifier,
  username: z.string(),
  name: z.string(),
  role: z.enum(adminRoles),
})

export const signInAdmin = defineContract({
  id: 'admin.sign-in',
  method: 'POST',
  path: '/api/admin/session',
  actor: 'public',
  summary: '管理员登录',
  body: z.object({ username: z.string().min(1).max(40), password: z.string().min(1).max(200) }),
  status: 200,
  response: z.object({ token: z.string(), expiresAt: instant, admin }),
  errors: ['auth.wrong_password'],
})

export const signOutAdmin = defineContract({
  id: 'admin.sign-out',
  method: 'DELETE',
  path: '/api/admin/session',
  actor: 'admin',
  summary: '退出登录',
  status: 204,
  response: z.null(),
})

export const createAdmin = defineContract({
  id: 'admin.admins.create',
  method: 'POST',
  path: '/api/admin/admins',
  actor: 'admin',
  summary: '新建管理员（仅所有者）',
  body: z.object({
    username: z.string().regex(/^[a-z][a-z0-9-]{2,30}$/, '用户名用小写字母、数字和连字符，3 到 31 位'),
    password: z.string().min(8).max(200),
    name: text(20),
    role: z.enum(adminRoles),
  }),
  status: 201,
  response: z.object({ admin }),
  errors: ['resource.conflict'],
})

export const listAuditEntries = defineContract({
  id: 'admin.audit.list',
  method: 'GET',
  path: '/api/admin/audit-entries',
  actor: 'admin',
  summary: '操作记录：谁、何时、对什么、前后如何',
  query: pageQuery.extend({ targetId: identifier.optional() }),
  status: 200,
  response: pageOf(
    z.object({
      id: identifier,
      adminId: identifier,
      adminName: z.string(),
      operation: z.string(),
      targetId: z.string(),
      before: z.unknown(),
      after: z.unknown(),
      occurredAt: instant,
    }),
  ),
})
