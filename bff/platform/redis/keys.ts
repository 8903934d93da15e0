/**
 * Every Redis key of Jili. What stands in braces is the hash tag: all keys of one gift or member
 * live on one node of a Redis Cluster.
 */
export const redisKeys = {
  giftLock: (giftId: string) => `jili:{gift:${giftId}}:lock`,
  budgetLock: (ruleId: string) => `jili:{rule:${ruleId}}:lock`,
  memberLock: (memberId: string) => `jili:{member:${memberId}}:lock`,
  soldOutMark: (giftId: string, stockId: string) => `jili:{gift:${giftId}}:sold-out:${stockId}`,
  redeemedMark: (giftId: string, memberId: string) => `jili:{gift:${giftId}}:redeemed:${memberId}`,
  rainEmptyMark: (rainId: string) => `jili:{rain:${rainId}}:empty`,
  rainDoneMark: (rainId: string, memberId: string) => `jili:{rain:${rainId}}:done:${memberId}`,
  rainLeft: (rainId: string) => `jili:{rain:${rainId}}:left`,
  session: (tokenHash: string) => `jili:{session:${tokenHash}}`,
  wechatToken: (name: string) => `jili:{wechat}:${name}`,
  rateLimit: 'jili:rate',
  queue: '{jili:queue}',
} as const
