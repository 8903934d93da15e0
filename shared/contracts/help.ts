import { z } from 'zod'
import { limits } from '../domain/limits'
import { defineContract, identifier, idParams, instant, nothing, pageOf, pageQuery, text } from './contract'

export const article = z.object({
  id: identifier,
  section: z.string().describe('分组，例如 积分'),
  question: z.string(),
  answer: z.string(),
})

export const contact = z.object({
  phone: z.string().nullable(),
  hours: z.string().nullable().describe('客服时间'),
  note: z.string().nullable(),
})

export const readHelp = defineContract({
  id: 'help.read',
  method: 'GET',
  path: '/api/member/help',
  actor: 'public',
  summary: '帮助：常见问题、规则与联系方式',
  status: 200,
  response: z.object({ items: z.array(article).max(limits.helpArticles), contact }),
})

export const adminHelpArticle = article.extend({
  sortOrder: z.int(),
  isPublished: z.boolean(),
  updatedAt: instant,
})

export const articleInput = z.strictObject({
  section: text(limits.helpSectionCharacters),
  question: text(limits.nameCharacters),
  answer: text(limits.textCharacters),
  sortOrder: z.int().min(0).max(1_000_000).optional().describe('小的在前，默认排在最后'),
  isPublished: z.boolean().optional().describe('默认发布'),
})

export const listHelpArticles = defineContract({
  id: 'admin.help.list',
  method: 'GET',
  path: '/api/admin/help-articles',
  actor: 'admin',
  summary: '帮助条目，未发布的也在',
  query: pageQuery,
  status: 200,
  response: pageOf(adminHelpArticle),
})

export const createHelpArticle = defineContract({
  id: 'admin.help.create',
  method: 'POST',
  path: '/api/admin/help-articles',
  actor: 'admin',
  summary: '新增帮助条目',
  body: articleInput,
  status: 201,
  response: z.object({ article: adminHelpArticle }),
  errors: ['help.limit_reached'],
})

export const updateHelpArticle = defineContract({
  id: 'admin.help.update',
  method: 'PATCH',
  path: '/api/admin/help-articles/:id',
  actor: 'admin',
  summary: '改帮助条目，只写要改的',
  params: idParams,
  body: articleInput.partial().refine((changes) => Object.keys(changes).length > 0, '至少写一项要改的'),
  status: 200,
  response: z.object({ article: adminHelpArticle }),
})

export const deleteHelpArticle = defineContract({
  id: 'admin.help.delete',
  method: 'DELETE',
  path: '/api/admin/help-articles/:id',
  actor: 'admin',
  summary: '删除帮助条目',
  params: idParams,
  status: 204,
  response: nothing,
})

export const updateHelpContact = defineContract({
  id: 'admin.help.update-contact',
  method: 'PUT',
  path: '/api/admin/help-contact',
  actor: 'admin',
  summary: '改联系方式；null 为不显示',
  body: z.strictObject({
    phone: z
      .string()
      .trim()
      .regex(/^[\d +()-]{5,30}$/, '电话只含数字、空格、括号和连字符')
      .nullable(),
    hours: text(limits.nameCharacters).nullable(),
    note: text(limits.reasonCharacters).nullable(),
  }),
  status: 200,
  response: z.object({ contact }),
})
