import type { z } from 'zod'
import type { readBasket as contract } from '#shared/contracts/basket'
import { errorMessages } from '#shared/domain/error-codes'
import { notFound } from '../../../kernel/errors'
import type { Services } from '../../../platform/services'
import { commonStoreIds, readWishes } from '../../gifts'
import { findMemberById } from '../../members'
import { readPoints } from '../../points'
import { findStores, presentStore } from '../../stores'
import { BasketModel } from '../basket.model'

type Answer = z.input<typeof contract.response>['basket']
type Obstacles = Answer['obstacles']
type Wishes = Awaited<ReturnType<typeof readWishes>>

/** What is wrong with the member, not with one of the gifts, is said once. */
const ofTheWhole = ['member.blocked', 'points.in_debt', 'points.insufficient']

/** The basket with the prices, stock and obstacles of now; whether it can be ordered the order itself decides. */
export async function readBasket(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
): Promise<Answer> {
  const member = await findMemberById(memberId)
  if (!member) throw notFound('没有这位会员')
  const basket = await BasketModel.findById(memberId).lean()
  const wishes = await readWishes(services, member, basket?.lines ?? [])
  const { available } = await readPoints(services, memberId)
  const totalPoints = wishes.reduce((sum, { gift, quantity }) => sum + gift.pricePoints * quantity, 0)
  const handOvers = new Set(wishes.map(({ gift }) => gift.handOver))
  const obstacles: Obstacles = wishes
    .flatMap((wish) => wish.obstacles)
    .filter(({ code }, index, all) => isOfTheMember(code) && index === all.findIndex((o) => o.code === code))
  if (handOvers.size > 1) obstacles.push(obstacle('gift.mixed_hand_over', '分成几张订单来换'))
  if (totalPoints > available) {
    const missing = totalPoints - available
    obstacles.push({
      ...obstacle('points.insufficient', null),
      message: `还差 ${missing} 积分`,
      details: { missing },
    })
  }
  const stores = await readStores(wishes)
  const isEnough = wishes.every(({ stock, quantity }) => stock >= quantity)
  if (stores && isEnough && !stores.some(({ canServe }) => canServe))
    obstacles.push({
      code: 'store',
      message: '没有一家门店能一次换齐',
      help: '分成几张订单来换',
      details: {},
    })
  const items = wishes.map(({ storeIds: _, leftByStore: __, ...wish }) => ({
    ...wish,
    obstacles: wish.obstacles.filter(({ code }) => !ofTheWhole.includes(code)),
  }))
  const isFree = obstacles.length === 0 && items.every((item) => item.obstacles.length === 0)
  return {
    items,
    stores: stores ?? [],
    totalPoints,
    obstacles,
    canOrder: items.length > 0 && isFree,
    revision: basket?.revision ?? 0,
  }
}

/** The stores to choose from, and which of them has all pieces; null when no store has to be chosen. */
async function readStores(wishes: Wishes): Promise<Answer['stores'] | null> {
  const isPickUp = wishes.every(({ gift }) => gift.handOver === 'pickup')
  if (!isPickUp || wishes.every(({ leftByStore }) => leftByStore === null)) return null
  const ids = commonStoreIds(wishes)
  // An empty list would name every store.
  const stores = ids && ids.length > 0 ? await findStores(ids) : []
  return stores.map((store) => ({
    ...presentStore(store),
    canServe: wishes.every(
      ({ leftByStore, quantity }) => leftByStore === null || (leftByStore.get(store._id) ?? 0) >= quantity,
    ),
  }))
}

const isOfTheMember = (code: string) => code !== 'points.insufficient' && ofTheWhole.includes(code)

const obstacle = (
  code: 'gift.mixed_hand_over' | 'points.insufficient',
  help: string | null,
): Obstacles[number] => ({ code, message: errorMessages[code], help, details: {} })
