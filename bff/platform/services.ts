import type { BusinessCalendar } from '../kernel/business-calendar'
import type { Clock } from '../kernel/clock'
import type { KeyRing } from '../kernel/secrets'
import type { Outbox } from './outbox/outbox'
import type { Cache } from './redis/cache'
import type { Gate } from './redis/gate'
import type { Locks } from './redis/locks'
import type { RateLimits } from './redis/rate-limits'
import type { Sms } from './sms/sms'
import type { Storage } from './storage/storage'
import type { WechatClient } from './wechat/client'
import type { OfficialAccount } from './wechat/official-account'

/** What commands and queries are given: the outside world of one process. */
export interface Services {
  clock: Clock
  calendar: BusinessCalendar
  locks: Locks
  gate: Gate
  cache: Cache
  rateLimits: RateLimits
  outbox: Outbox
  wechat: WechatClient
  /** Templates of subscribe messages; null where none is set up, and then nothing is sent in WeChat. */
  templates: { checkInReminder: string | null }
  /** The brand's official account; null when none is set up. */
  officialAccount: OfficialAccount | null
  /** Text messages; null when no provider is set up. */
  sms: Sms | null
  /** Members' photos. */
  storage: Storage
  /** Keys of what is stored sealed: look-up of redemption codes by HMAC, reading of codes and partners' secrets by AES-GCM. */
  codeKeys: { lookup: string; sealing: KeyRing }
}
