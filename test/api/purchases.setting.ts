import { randomUUID } from 'node:crypto'
import { untilTyped } from '#test/support/crowd'
import { createOpenClient, type OpenCall } from '#test/support/open-client'
import { type Api, success } from './setting'

/** A shop's till that reports what it sells. */
export interface Till {
  /** Reports a purchase and gives what came of it. */
  buy(memberId: string, lines: object[] | number, more?: object): Promise<Bought>
  refund(purchaseNumber: string, lines?: object[] | null, more?: object): ReturnType<OpenCall>
  call: OpenCall
}

export interface Bought {
  purchaseNumber: string
  points: number
  shares: { ruleId: string; name: string; points: number }[]
  cuts: { reason: string; points: number }[]
  repeated: boolean
}

/** Registers a shop's system with the right to report purchases. */
export async function openTill(api: Api): Promise<Till> {
  const credentials = await api.make.openClient({ kind: 'shop', scopes: ['purchases'] })
  const now = () => api.app.app.services.clock.now().getTime()
  const call = createOpenClient(api.app.baseUrl, credentials, now)
  return {
    call,
    async buy(memberId, lines, more = {}) {
      const body = {
        purchaseNumber: randomUUID(),
        member: { id: memberId },
        occurredAt: new Date(now()).toISOString(),
        lines: typeof lines === 'number' ? [{ lineId: '1', paidFen: lines }] : lines,
        ...more,
      }
      const { purchase, repeated } = success(
        await untilTyped(() => call('POST', '/api/open/purchases', { body })),
      )
      return { ...purchase, repeated }
    },
    refund: (purchaseNumber, lines = null, more = {}) =>
      call('POST', '/api/open/refunds', {
        body: { refundNumber: randomUUID(), purchaseNumber, lines, ...more },
      }),
  }
}

/** Writes a rule and starts it. */
export async function runRule(api: Api, terms: object): Promise<{ id: string; version: number }> {
  const { rule } = await api.make.admin('POST', '/api/admin/earning-rules', terms)
  await api.make.admin('POST', `/api/admin/earning-rules/${rule.id}/state`, { state: 'running' })
  return rule
}

/** Ends all rules that are not ended. */
export async function endRules(api: Api): Promise<void> {
  const { items } = await api.make.admin('GET', '/api/admin/earning-rules?limit=100')
  for (const { id, state } of items)
    if (state !== 'ended')
      await api.make.admin('POST', `/api/admin/earning-rules/${id}/state`, { state: 'ended' })
}
