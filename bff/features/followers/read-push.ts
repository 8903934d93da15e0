import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { DomainError } from '../../kernel/errors'

/** Entities stay as they are written: nothing of a push is ever expanded. */
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, processEntities: false })

const push = z.object({
  xml: z.object({
    FromUserName: z.string().min(1).max(128),
    MsgType: z.string().max(40),
    Event: z.string().max(40).optional(),
  }),
})

/** Whom a push is about, and whether it tells of following or not. @throws `request.invalid` for what is no push */
export function readPush(bytes: Buffer): { openid: string; isFollowEvent: boolean } {
  const text = bytes.toString('utf8')
  const parsed = push.safeParse(XMLValidator.validate(text) === true ? parser.parse(text) : null)
  if (!parsed.success) throw new DomainError('request.invalid')
  const { FromUserName: openid, MsgType: type, Event: event = '' } = parsed.data.xml
  return { openid, isFollowEvent: type === 'event' && ['subscribe', 'unsubscribe'].includes(event) }
}
