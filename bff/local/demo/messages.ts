import { maskPhone } from '#bff/features/members/phone-mask'
import { anyone, type Route, route } from '#bff/platform/route'
import { demoMessage } from '#shared/contracts/demo'
import type { SmsStandIn } from '../sms/stand-in'

/** The phone of whoever tries the demo: the last text that was sent to it, for the page that waits for its code. */
export const createDemoMessagesRoute = ({ messages }: Pick<SmsStandIn, 'messages'>): Route =>
  route(demoMessage, anyone, async ({ query }) => {
    const mine = messages.filter(({ phone }) => maskPhone(phone.replace(/^\+86/, '')) === query.phoneMasked)
    return { text: mine.at(-1)?.text ?? null }
  })
