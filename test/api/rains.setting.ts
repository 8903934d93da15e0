import type { Json } from '#test/support/client'
import type { Factories } from '#test/support/factories'

export const hourMs = 3_600_000

/** What an operator writes; it began a minute ago and lasts an hour, unless told otherwise. */
export const rainInput = (now: number, overrides: object = {}) => ({
  name: '周年庆红包雨',
  rules: '准点来，点一点就能开红包。',
  startsAt: new Date(now - 60_000).toISOString(),
  endsAt: new Date(now + hourMs).toISOString(),
  budgetPoints: 100,
  packetCount: 10,
  minPoints: 5,
  maxPoints: 20,
  packetsPerMember: 3,
  ...overrides,
})

/** A rain that is announced. */
export async function announcedRain(make: Factories, now: number, overrides: object = {}): Promise<Json> {
  const { rain } = await make.admin('POST', '/api/admin/rains', rainInput(now, overrides))
  return (await make.admin('POST', `/api/admin/rains/${rain.id}/announce`)).rain
}
