import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { DomainError } from '../../kernel/errors'

/** Entities stay as they are written: nothing of a push is ever expanded. */
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false })

const push = z.object({
  xml: z.object({
    FromUserName: z.string().regex(/^[\w-]{1,128}$/),
    MsgType: z.string().max(40),
    Event: z.string().max(40).optional(),
  }),
})

/** Whom a push is about, and whether it tells of following or not. @throws `request.invalid` for what is no push */
export function readPush(bytes: Buffer): { openid: string; isFollowEvent: boolean } {
  const parsed = push.safeParse(parse(bytes.toString('utf8')))
  if (!parsed.success) throw new DomainError('request.invalid')
  const { FromUserName: openid, MsgType: type, Event: event = '' } = parsed.data.xml
  return { openid, isFollowEvent: type === 'event' && ['subscribe', 'unsubscribe'].includes(event) }
}

/** Null for what is no XML, declares what no push needs, or is more than the parser stands, such as nested without end. */
function parse(text: string): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return null
  try {
    return XMLValidator.validate(text) === true ? parser.parse(text) : null
  } catch {
    return null
  }
}
