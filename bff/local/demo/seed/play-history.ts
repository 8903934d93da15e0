import { MemberModel } from '#bff/features/members/member.model'
import { createAddress } from '#shared/contracts/addresses'
import { checkIn } from '#shared/contracts/check-ins'
import { viewGiftCodes } from '#shared/contracts/gift-codes'
import { readMe } from '#shared/contracts/members'
import * as orders from '#shared/contracts/orders'
import { readPoints } from '#shared/contracts/points'
import { adjustPoints, approveAdjustment } from '#shared/contracts/points-adjustments'
import { redeem } from '#shared/contracts/staff'
import { gifts } from '../world/gifts'
import { members } from '../world/members'
import type { StoryStep } from '../world/stories'
import type { HistoryEvent } from './history'
import { openGrowth } from './open-growth'
import { idOf, putOnSale } from './open-shops'
import type { Stage } from './stage'

/** Members who act at once: more only queue in front of the database. */
const lanes = 6

export interface HistoryOptions {
  stage: Stage
  events: readonly HistoryEvent[]
  /** Runs before the events of each day, with the clock at its first minutes. */
  beforeDay(day: number): Promise<void>
  onProgress(done: number, total: number): void
}

/** Plays the history in order. Different members act side by side; each member's own acts stay one after the other. */
export async function playHistory({ stage, events, beforeDay, onProgress }: HistoryOptions): Promise<void> {
  const play = createPlayer(stage)
  let day = Number.NEGATIVE_INFINITY
  let done = 0
  for (const group of groupEvents(events)) {
    const [first] = group
    if (!first) continue
    if (first.day !== day) {
      day = first.day
      stage.clock.set(stage.instantOf({ day, minute: 10 }))
      await beforeDay(day)
    }
    stage.clock.set(stage.instantOf(first))
    await Promise.all(group.map(play))
    done += group.length
    onProgress(done, events.length)
  }
}

/** Neighbours of one day that do not touch each other's member. */
function groupEvents(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const groups: HistoryEvent[][] = []
  let current: HistoryEvent[] = []
  for (const event of events) {
    const fits =
      current.length < lanes &&
      current.every(({ day, memberId }) => day === event.day && memberId !== event.memberId)
    if (!fits) {
      groups.push(current)
      current = []
    }
    current.push(event)
  }
  return [...groups, current]
}

function createPlayer(stage: Stage): (event: HistoryEvent) => Promise<void> {
  const memberIds = new Map<string, string>()
  const orderIds = new Map<string, string>()
  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`the history names what is not there yet: ${what}`)
    return value
  }
  return async (event) => {
    if (event.kind === 'put-on-sale') {
      return putOnSale(
        stage,
        found(
          gifts.find(({ slug }) => slug === event.gift),
          event.gift,
        ),
      )
    }
    const name = found(event.memberId ?? undefined, 'a member')
    const member = stage.member(name)
    const adjust = async (change: number, reason: string) => {
      const params = { id: found(memberIds.get(name), name) }
      const { adjustment } = await stage.operator(adjustPoints, { params, body: { change, reason } })
      if (adjustment.state === 'pending')
        await stage.owner(approveAdjustment, { params: { id: adjustment.id } })
    }
    switch (event.kind) {
      case 'join':
        memberIds.set(name, await join(stage, name))
        return
      case 'check-in':
        await member(checkIn)
        return
      case 'adjust':
        await adjust(event.change, event.reason)
        return
      case 'adjust-to':
        await adjust(event.available - (await member(readPoints)).available, event.reason)
        return
      case 'order':
        orderIds.set(event.order, await placeOrder(stage, name, event))
        return
      case 'step':
        await takeStep(stage, name, found(orderIds.get(event.order), event.order), event.step)
    }
  }
}

/** Registers. Nick, picture, tier and growth have no operation of their own yet, so they are written down directly. */
async function join(stage: Stage, name: string): Promise<string> {
  const person = members.find(({ id }) => id === name)
  if (!person) throw new Error(`nobody is called ${name}`)
  const { member } = await stage.member(name)(readMe)
  const avatarUrl = person.avatar && `/pictures/avatar-${person.avatar}.webp`
  await MemberModel.updateOne(
    { _id: member.id },
    { $set: { nick: person.nick, avatarUrl, tier: person.tier } },
  )
  await openGrowth(stage, member.id, person)
  const { address } = await stage.member(name)(createAddress, {
    body: {
      name: person.name,
      phone: person.phone,
      region: ['上海市', '上海市', person.district],
      detail: person.street,
      isDefault: true,
    },
  })
  stage.addressIds.set(name, address.id)
  return member.id
}

async function placeOrder(
  stage: Stage,
  name: string,
  { gift: slug, sku, shop }: Extract<HistoryEvent, { kind: 'order' }>,
): Promise<string> {
  const gift = stage.gifts.get(slug)
  if (!gift) throw new Error(`${slug} is not on sale yet`)
  const skuId = sku === undefined ? undefined : gift.skus.find((candidate) => candidate.name === sku)?.id
  const addressId = stage.addressIds.get(name)
  const { order } = await stage.member(name)(orders.placeOrder, {
    body: {
      items: [{ giftId: gift.id, skuId, quantity: 1 }],
      addressId,
      storeId: shop && idOf(stage, shop),
    },
  })
  return order.id
}

async function takeStep(stage: Stage, name: string, id: string, step: StoryStep): Promise<void> {
  const params = { id }
  const member = stage.member(name)
  switch (step.kind) {
    case 'ship': {
      const { carrier, trackingNumber } = step
      await stage.owner(orders.shipOrder, { params, body: { carrier, trackingNumber } })
      return
    }
    case 'approve':
      await stage.owner(orders.approveOrder, { params, body: {} })
      return
    case 'reject':
      await stage.owner(orders.rejectOrder, { params, body: { reason: step.reason } })
      return
    case 'confirm':
      await member(orders.confirmOrder, { params })
      return
    case 'cancel':
      await member(orders.cancelOrder, { params })
      return
    case 'see-codes':
      await member(viewGiftCodes, { params })
      return
    case 'hand-over': {
      const { qrText } = await member(orders.readOrderCode, { params })
      await stage.staff(step.staff)(redeem, { body: { code: qrText } })
    }
  }
}
