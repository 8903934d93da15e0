import { z } from 'zod'
import { limits } from '../domain/limits'
import {
  businessDate,
  defineContract,
  identifier,
  idParams,
  instant,
  pageOf,
  pageQuery,
  text,
} from './contract'

/** Why a row of a file was not imported. */
export const codeRowFaults = [
  'code_missing',
  'code_invalid',
  'code_spoilt',
  'password_missing',
  'password_invalid',
  'date_invalid',
  'date_passed',
  'duplicate',
] as const

export const codeImportSummary = z.object({
  id: identifier,
  giftId: identifier,
  skuId: identifier.nullable(),
  state: z.enum(['importing', 'done']),
  totalRows: z.int().describe('文件里的行数，不含标题和空行'),
  importedRows: z.int(),
  duplicateRows: z.int().describe('这件礼品已有的券码，不会重复导入'),
  badRowCount: z.int().describe('有误的行数，不含重复的'),
  droppedRows: z.int().describe('撤回时还没导入、不再导入的行数'),
  withdrawnRows: z.int().describe('导入后又撤回的券码'),
  createdAt: instant,
  finishedAt: instant.nullable(),
})

export const codeImport = codeImportSummary.extend({
  badRows: z
    .array(z.object({ line: z.int().describe('文件里的第几行'), reason: z.enum(codeRowFaults) }))
    .describe('没有导入的行，最多列 200 行'),
})

const path = '/api/admin/gifts/:id/code-imports'

export const importGiftCodes = defineContract({
  id: 'admin.gift-codes.import',
  method: 'POST',
  path,
  actor: 'admin',
  summary:
    '导入券码。CSV 文件，第一行是列名：code（或 卡号、券码），可有 password（卡密）、expiresOn（有效期）；可以放心重发',
  idempotency: 'optional',
  params: idParams,
  query: z.object({ skuId: identifier.optional() }),
  csvMaxBytes: limits.codeImportBytes,
  status: 201,
  response: z.object({ import: codeImport }),
  errors: ['gift.not_virtual'],
})

export const listCodeImports = defineContract({
  id: 'admin.gift-codes.imports',
  method: 'GET',
  path,
  actor: 'admin',
  summary: '券码导入记录，新的在前',
  params: idParams,
  query: pageQuery,
  status: 200,
  response: pageOf(codeImportSummary),
})

export const readCodeImport = defineContract({
  id: 'admin.gift-codes.read-import',
  method: 'GET',
  path: '/api/admin/gifts/:id/code-imports/:importId',
  actor: 'admin',
  summary: '一次券码导入的进度',
  params: idParams.extend({ importId: identifier }),
  status: 200,
  response: z.object({ import: codeImport }),
})

export const withdrawGiftCodes = defineContract({
  id: 'admin.gift-codes.withdraw',
  method: 'POST',
  path: '/api/admin/gifts/:id/code-withdrawals',
  actor: 'admin',
  summary: '撤回导错、还没发出的券码，库存一起减少；一次最多 1000 个，leftCodes 不为 0 时再撤一次',
  idempotency: 'optional',
  params: idParams,
  body: z
    .strictObject({
      importId: identifier.optional().describe('撤回哪一次导入，没导完的不再导入'),
      codes: z.array(text(limits.codeCharacters)).min(1).max(limits.codesPerWithdrawal).optional(),
      reason: z.string().trim().min(2).max(limits.reasonCharacters),
    })
    .refine(
      ({ importId, codes }) => (importId === undefined) !== (codes === undefined),
      'importId 和 codes 写一项',
    ),
  status: 200,
  response: z.object({
    withdrawnCodes: z.int(),
    leftCodes: z.int().describe('还没撤回的：超出一次的上限，或审核中的订单占着库存'),
    issuedCodes: z.int().describe('已经发出，不能撤回'),
    droppedRows: z.int().describe('还没导入、不再导入的行数'),
  }),
  errors: ['gift.not_virtual'],
})

export const viewGiftCodes = defineContract({
  id: 'order.gift-codes',
  method: 'GET',
  path: '/api/member/orders/:id/gift-codes',
  actor: 'member',
  summary: '查看自己订单的券码；每次查看都会记录，第一次查看后订单完成',
  params: idParams,
  status: 200,
  response: z.object({
    items: z.array(
      z.object({
        giftId: identifier,
        skuId: identifier.nullable(),
        giftName: z.string(),
        code: z.string(),
        password: z.string().nullable(),
        expiresOn: businessDate.nullable(),
        isReplacement: z.boolean().describe('售后补发的，代替用不了的'),
      }),
    ),
  }),
  errors: ['order.invalid_state'],
})

export const listCodeViews = defineContract({
  id: 'admin.orders.code-views',
  method: 'GET',
  path: '/api/admin/orders/:id/code-views',
  actor: 'admin',
  summary: '会员查看券码的记录，新的在前',
  params: idParams,
  query: pageQuery,
  status: 200,
  response: pageOf(z.object({ id: identifier, memberId: identifier, viewedAt: instant })),
})
