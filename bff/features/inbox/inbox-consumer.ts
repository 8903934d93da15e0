import { type MessageTopic, type Tier, tierNames } from '#shared/domain/enums'
import { isDuplicateKey } from '../../platform/mongo/transaction'
import type { DomainEvent, OutboxConsumer } from '../../platform/outbox/outbox'
import { InboxMessageModel } from './inbox-message.model'

type Payload = Record<string, unknown>
const giftOf = (payload: Payload) => String(payload.giftName ?? '礼品')

const nameOf = (tier: unknown): string => tierNames[tier as Tier]

const noteOf = ({ note }: Payload) => (note ? `：${note}` : '')

const debtNote = (debtChange: number): string => {
  if (debtChange > 0) return `，其中 ${debtChange} 积分记为欠款`
  return debtChange < 0 ? `，其中 ${-debtChange} 积分补了欠款` : ''
}

/** What a member is told for each event. */
const texts: Record<string, (payload: Payload) => { title: string; body: string } | null> = {
  'member.registered': ({ points, lifeDays }) => ({
    title: '欢迎加入',
    body:
      Number(points) > 0
        ? `${points} 积分已到账，${lifeDays} 天内有效，去挑一件喜欢的吧`
        : '每天签到都有积分，攒着换一件喜欢的吧',
  }),
  'invitation.rewarded': ({ points }) => ({
    title: '邀请成功',
    body: `你邀请的朋友来了，${points} 积分已到账`,
  }),
  'member.tier-raised': ({ tier }) => ({
    title: '等级升了',
    body: `你现在是${nameOf(tier)}，去看看有哪些新的权益吧`,
  }),
  'member.tier-at-risk': ({ tier, due, keptUntil }) => ({
    title: '等级快要变了',
    body: `成长值不够${nameOf(tier)}了，为你保留到 ${keptUntil}；之前没有补上，会变为${nameOf(due)}`,
  }),
  'member.tier-lowered': ({ tier }) => ({
    title: '等级有变化',
    body: `你现在是${nameOf(tier)}，消费和签到都能再升回去`,
  }),
  'check-in.month-reached': ({ days, reward }) => ({
    title: `连续签到 ${days} 天`,
    body: `${reward}给你，明天接着签`,
  }),
  'check-in.reminded': ({ streakDays }) => ({
    title: '今天还没签到',
    body:
      Number(streakDays) > 0
        ? `已经连续 ${streakDays} 天，今天签上就是第 ${Number(streakDays) + 1} 天`
        : '来签到吧，今天就是连续第 1 天',
  }),
  'points.adjusted': ({ change, reason, debtChange }) => ({
    title: '积分有调整',
    body: `${Number(change) > 0 ? '增加' : '扣减'} ${Math.abs(Number(change))} 积分${debtNote(Number(debtChange))}：${reason}`,
  }),
  'points.expiring': ({ points, expiresOn, leadDays }) => ({
    title: `积分还有 ${leadDays} 天到期`,
    body: `${points} 积分 ${expiresOn} 到期，去挑一件喜欢的吧`,
  }),
  'points.expired': ({ points }) => ({ title: '有积分到期了', body: `${points} 积分过了有效期` }),
  'order.placed': (payload) => ({
    title: '兑换成功',
    body: `${giftOf(payload)}，用了 ${payload.totalPoints} 积分`,
  }),
  'order.review-delayed': (payload) => ({
    title: '还在审核',
    body: `${giftOf(payload)}还在审核，已经催过了，有结果马上告诉你`,
  }),
  'order.approved': (payload) => ({ title: '审核通过', body: `${giftOf(payload)}已通过审核` }),
  'order.rejected': (payload) => ({
    title: '审核未通过',
    body: `${giftOf(payload)}：${payload.reason}，积分已退回`,
  }),
  'order.shipped': (payload) => ({
    title: '礼品已发出',
    body: `${giftOf(payload)}由${payload.carrier}送出，运单号 ${payload.trackingNumber}`,
  }),
  'order.delivered': (payload) => ({ title: '礼品已签收', body: `${giftOf(payload)}已签收，请确认收货` }),
  'order.shipment-corrected': (payload) => ({
    title: '运单号已更正',
    body: `${giftOf(payload)}由${payload.carrier}送出，运单号 ${payload.trackingNumber}`,
  }),
  'order.handed-over': (payload) => ({
    title: '礼品已领取',
    body: `${giftOf(payload)}已在${payload.storeName}交到你手里`,
  }),
  'order.expired': (payload) => ({
    title: '逾期未领',
    body: `${giftOf(payload)}已过领取期，${payload.totalPoints} 积分已退回`,
  }),
  'order.cancelled': (payload) => ({
    title: '订单已取消',
    body: `${giftOf(payload)}的 ${payload.totalPoints} 积分已退回`,
  }),
  'wish.back-in-stock': (payload) => ({
    title: '到货了',
    body: `你想要的${giftOf(payload)}又有了，去看看吧`,
  }),
  'wish.sale-started': (payload) => ({
    title: '开始兑换了',
    body: `你想要的${giftOf(payload)}现在可以兑换了`,
  }),
  'wish.price-reduced': (payload) => ({
    title: '限时价开始了',
    body: `你想要的${giftOf(payload)}现在更省积分`,
  }),
  'task.approved': ({ taskName, points }) => ({
    title: '任务完成',
    body: `「${taskName}」通过了，${points} 积分已到账`,
  }),
  'task.rejected': ({ taskName, reason }) => ({
    title: '任务未通过',
    body: `「${taskName}」：${reason}`,
  }),
  'after-sale.requested': (payload) => ({
    title: '售后申请已收到',
    body: `${giftOf(payload)}的申请正在处理，有结果马上告诉你`,
  }),
  'after-sale.approved': (payload) => ({
    title: '售后申请已同意',
    body: `请在 ${payload.returnBy} 前把${giftOf(payload)}寄回，再填上运单号${noteOf(payload)}`,
  }),
  'after-sale.rejected': (payload) => ({
    title: '售后申请未通过',
    body: `${giftOf(payload)}：${payload.note}`,
  }),
  'after-sale.lapsed': (payload) => ({
    title: '售后申请已结束',
    body: `没有等到${giftOf(payload)}寄回，申请已结束，订单照旧`,
  }),
  // A cancelled order has told so itself, points and all.
  'after-sale.refunded': (payload) =>
    payload.kind === 'cancel' && payload.orderState === 'cancelled'
      ? null
      : {
          title: '售后已完成',
          body: `${giftOf(payload)}的 ${payload.points} 积分已退回${noteOf(payload)}`,
        },
  'after-sale.replaced': (payload) => ({
    title: '换新已安排',
    body: payload.note ? `新的${giftOf(payload)}：${payload.note}` : `新的${giftOf(payload)}已为你换好`,
  }),
}

/** Messages a member may do without. */
const topics: Record<string, MessageTopic> = {
  'points.expiring': 'points',
  'points.expired': 'points',
  'wish.back-in-stock': 'wishes',
  'wish.sale-started': 'wishes',
  'wish.price-reduced': 'wishes',
}

/**
 * Turns events into messages, once each: the event's id is the message's. `findMuted` tells what the member does not want.
 */
export const createInboxConsumer = (
  findMuted: (memberId: string) => Promise<readonly MessageTopic[]>,
): OutboxConsumer => ({
  name: 'inbox',
  events: Object.keys(texts),
  async handle(event: DomainEvent) {
    const text = texts[event.name]?.(event.payload)
    if (!text) return
    const { memberId, orderId, giftId, taskId } = event.payload
    const topic = topics[event.name]
    if (topic && (await findMuted(String(memberId))).includes(topic)) return
    const message = {
      _id: event.id,
      memberId: String(memberId),
      orderId: orderId ? String(orderId) : null,
      giftId: giftId ? String(giftId) : null,
      taskId: taskId ? String(taskId) : null,
      isRead: false,
      occurredAt: event.occurredAt,
      ...text,
    }
    await InboxMessageModel.insertMany([message]).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error
    })
  },
})
