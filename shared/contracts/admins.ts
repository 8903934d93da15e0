import { z } from 'zod'
import { adminRoles } from '../domain/enums'
import { defineContract, identifier, idParams, instant, pageOf, pageQuery, text } from './contract'

export const admin = z.object({
  id: identifier,
  username: z.string(),
  name: z.string(),
  role: z.enum(adminRoles),
})

const password = z.string().min(8).max(200)

export const adminAccount = admin.extend({
  isActive: z.boolean(),
  lastSignedInAt: instant.nullable(),
})

export const adminSession = z.object({
  id: identifier,
  createdAt: instant,
  expiresAt: instant,
  userAgent: z.string().nullable().describe('登录时的浏览器或程序'),
  isCurrent: z.boolean().describe('就是发出这个请求的登录'),
})

const sessionList = z.object({ items: z.array(adminSession).describe('还有效的登录，新的在前，最多 100 个') })
const sessionParams = idParams.extend({ sessionId: identifier })

export const signInAdmin = defineContract({
  id: 'admin.sign-in',
  method: 'POST',
  path: '/api/admin/session',
  actor: 'public',
  summary: '管理员登录',
  body: z.object({
    username: z.string().min(1).max(40),
    password: z.string().min(1).max(200),
    deviceToken: z.string().min(1).max(100).optional().describe('上次登录得到的设备标识'),
  }),
  status: 200,
  response: z.object({
    token: z.string(),
    expiresAt: instant,
    admin,
    deviceToken: z
      .string()
      .describe('设备标识：请留在这台设备上，下次登录带上；别人猜密码时，认识的设备不用跟着等'),
  }),
  errors: ['auth.wrong_password', 'auth.admin_stopped'],
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
    password,
    name: text(20),
    role: z.enum(adminRoles),
  }),
  status: 201,
  response: z.object({ admin }),
  errors: ['resource.conflict'],
})

export const listAdmins = defineContract({
  id: 'admin.admins.list',
  method: 'GET',
  path: '/api/admin/admins',
  actor: 'admin',
  summary: '管理员列表（仅所有者）',
  query: pageQuery,
  status: 200,
  response: pageOf(adminAccount),
})

export const updateAdmin = defineContract({
  id: 'admin.admins.update',
  method: 'PATCH',
  path: '/api/admin/admins/:id',
  actor: 'admin',
  summary: '改名、换角色、停用或重新启用管理员，立刻生效（仅所有者）；至少留一位在用的所有者',
  params: idParams,
  body: z.object({
    name: text(20).optional(),
    role: z.enum(adminRoles).optional(),
    isActive: z.boolean().optional(),
  }),
  status: 200,
  response: z.object({ admin: adminAccount }),
  errors: ['admin.last_owner'],
})

export const resetAdminPassword = defineContract({
  id: 'admin.admins.reset-password',
  method: 'POST',
  path: '/api/admin/admins/:id/password',
  actor: 'admin',
  summary: '给别的管理员设新密码，其登录全部结束（仅所有者）',
  params: idParams,
  body: z.object({ password }),
  status: 204,
  response: z.null(),
})

export const listAdminSessions = defineContract({
  id: 'admin.admins.sessions',
  method: 'GET',
  path: '/api/admin/admins/:id/sessions',
  actor: 'admin',
  summary: '一位管理员的登录（仅所有者）',
  params: idParams,
  status: 200,
  response: sessionList,
})

export const endAdminSession = defineContract({
  id: 'admin.admins.end-session',
  method: 'DELETE',
  path: '/api/admin/admins/:id/sessions/:sessionId',
  actor: 'admin',
  summary: '结束一位管理员的一个登录（仅所有者）',
  params: sessionParams,
  status: 204,
  response: z.null(),
})

export const changeOwnPassword = defineContract({
  id: 'admin.me.change-password',
  method: 'POST',
  path: '/api/admin/me/password',
  actor: 'admin',
  summary: '用旧密码换新密码，自己别处的登录全部结束',
  body: z.object({ oldPassword: z.string().min(1).max(200), password }),
  status: 204,
  response: z.null(),
  errors: ['admin.old_password_wrong'],
})

export const listOwnSessions = defineContract({
  id: 'admin.me.sessions',
  method: 'GET',
  path: '/api/admin/me/sessions',
  actor: 'admin',
  summary: '自己的登录',
  status: 200,
  response: sessionList,
})

export const endOwnSession = defineContract({
  id: 'admin.me.end-session',
  method: 'DELETE',
  path: '/api/admin/me/sessions/:id',
  actor: 'admin',
  summary: '结束自己的一个登录',
  params: idParams,
  status: 204,
  response: z.null(),
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
