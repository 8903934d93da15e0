import { z } from 'zod'
import { carrierCodes, trackingNumberPattern, trackingStatuses } from '../domain/carriers'
import { type ErrorCode, errorMessages } from '../domain/error-codes'
import { limits } from '../domain/limits'
import { defineContract, identifier, text, zonedInstant } from './contract'

/** What ships an order: a carrier by code or name, and its number. */
export const parcelInput = z.object({
  carrier: text(30).describe('快递公司的代码或名称，没有列出的照写'),
  trackingNumber: z.string().trim().regex(trackingNumberPattern, '运单号只含字母、数字和连字符，4 到 40 位'),
})

export const listCarriers = defineContract({
  id: 'admin.carriers.list',
  method: 'GET',
  path: '/api/admin/carriers',
  actor: 'admin',
  summary: '快递公司：代码、名称、运单号的样子',
  status: 200,
  response: z.object({
    items: z.array(
      z.object({
        code: z.enum(carrierCodes),
        name: z.string(),
        aliases: z.array(z.string()),
        pattern: z.string().describe('正则表达式；不符合的运单号只提醒，不拒绝'),
      }),
    ),
  }),
})

export const importResults = ['shipped', 'will_ship', 'already_shipped', 'refused'] as const

export const importShipments = defineContract({
  id: 'admin.shipments.import',
  method: 'POST',
  path: '/api/admin/shipments/imports',
  actor: 'admin',
  summary: '用表格发货：列为 订单号、快递公司、运单号（UTF-8 或 GBK，最多 5000 行）；dryRun=true 只看会怎样',
  idempotency: 'optional',
  query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
  csvMaxBytes: limits.csvBytes,
  status: 200,
  response: z.object({
    dryRun: z.boolean(),
    counts: z.object({
      shipped: z.int(),
      willShip: z.int(),
      alreadyShipped: z.int(),
      refused: z.int(),
    }),
    rows: z.array(
      z.object({
        line: z.int().describe('文件里的行号，表头是第 1 行'),
        orderNumber: z.string(),
        orderId: identifier.nullable(),
        result: z.enum(importResults),
        code: z.enum(Object.keys(errorMessages) as [ErrorCode, ...ErrorCode[]]).nullable(),
        message: z.string().nullable(),
        warning: z.string().nullable().describe('不影响发货，但值得看一眼'),
      }),
    ),
  }),
})

/** An identifier of another system: printable, so that it can be read out and compared. */
const foreignId = z.string().regex(/^[\x21-\x7e]{1,64}$/, '标识用 1 到 64 位可见的英文字符')

export const recordTracking = defineContract({
  id: 'open.tracking-events.record',
  method: 'POST',
  path: '/api/open/tracking-events',
  actor: 'open',
  summary: '物流推送（权限 tracking）：重复和乱序都无妨',
  body: parcelInput.extend({
    events: z
      .array(
        z.object({
          eventId: foreignId.describe('同一包裹内不重复；已收过的不再改变'),
          status: z.enum(trackingStatuses),
          description: text(limits.reasonCharacters).regex(/[\p{L}\p{N}]/u, '物流说明里要有文字'),
          location: text(limits.nameCharacters).optional(),
          occurredAt: zonedInstant,
        }),
      )
      .min(1)
      .max(limits.trackingEventsPerRequest),
  }),
  status: 200,
  response: z.object({ added: z.int(), repeated: z.int() }),
  errors: ['parcel.event_limit_reached'],
})
