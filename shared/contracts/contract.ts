import { z } from 'zod'
import { imageTypes } from '../domain/enums'
import type { ErrorCode } from '../domain/error-codes'
import { limits } from '../domain/limits'
import { pictureUrlPattern } from '../domain/pictures'

/**
 * Who may call an operation. `member-optional` answers without a token too, and says more with one; `open` is a
 * shop's or partner's system, which signs its requests; `wechat` is WeChat, which signs with the official account's token.
 */
export type Actor = 'public' | 'member' | 'member-optional' | 'staff' | 'admin' | 'open' | 'wechat'

/** One operation of the API: the single source for checking, client types and OpenAPI. */
export interface Contract {
  /** Stable operation id, `noun.verb`. */
  id: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters. */
  path: string
  actor: Actor
  /** One Chinese sentence for the docs page. */
  summary: string
  /** `required`: 400 without an `Idempotency-Key`; `optional`: honoured when sent. */
  idempotency?: 'required' | 'optional'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** The body is a CSV file of at most so many bytes, in place of JSON. */
  csvMaxBytes?: number
  /**
   * `image`: the body is one picture, raw or as a file of `multipart/form-data`; `xml`: a push of WeChat's. The handler
   * gets the bytes.
   */
  consumes?: 'image' | 'xml'
  /**
   * `csv`: the answer is a file, sent as it is read; `image`: a picture, as `response` carries it; `text`: plain text;
   * JSON when left out.
   */
  produces?: 'csv' | 'image' | 'text'
  /** The status of success and its body. */
  status: 200 | 201 | 204
  response: z.ZodType
  /** Business refusals this operation can answer with, beside those every operation has. */
  errors?: readonly ErrorCode[]
}

export const defineContract = <const C extends Contract>(contract: C): C => contract

/** An identifier made by Jili. Anything else of a sane length is simply not found. */
export const identifier = z.string().min(1).max(64)

export const idParams = z.object({ id: identifier })

/** Its fraction may have any number of digits, so the whole has a limit. */
export const instant = z.iso.datetime().max(40).describe('ISO 8601 时间（UTC）')

/** As other systems write it. */
export const zonedInstant = z.iso.datetime({ offset: true }).max(40)

export const businessDate = z.iso.date().describe('业务日期 YYYY-MM-DD')

export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份写成 2026-01 这样')

export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const nothing = z.null()

/** A picture as an answer: its bytes go out as they are, under their content type. */
export const image = z.object({
  contentType: z.enum(imageTypes),
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

/** The address of a picture of ours; those of elsewhere are neither taken nor given. */
export const pictureUrl = z
  .string()
  .max(120)
  .regex(pictureUrlPattern, '只能填上传图片后得到的地址（/pictures/…），不收别处的网址')

/** Where a member's picture is: an avatar of ours, or a file of the picture folder. */
export const avatarUrl = z.string().regex(/^\/(?:api\/avatars|pictures)\/[\dA-Za-z][\w@.-]{0,109}$/)

/** Which version of a thing a request has seen. */
export const seenVersion = z.int().min(1).max(limits.versionMax)

/** Words to search for. MongoDB's patterns end at a NUL, so one is refused here. */
export const searchText = z
  .string()
  .trim()
  .max(limits.searchCharacters)
  .refine((words) => !words.includes('\0'), '搜索词有误')

/** A text of the user's: trimmed, not empty, bounded. */
export const text = (maxCharacters: number) => z.string().trim().min(1).max(maxCharacters)
