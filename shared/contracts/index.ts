import type { z } from 'zod'
import * as addresses from './addresses'
import * as admins from './admins'
import * as afterSales from './after-sales'
import * as alerts from './alerts'
import * as basket from './basket'
import * as checkIns from './check-ins'
import type { Contract } from './contract'
import * as earningRules from './earning-rules'
import * as entitlements from './entitlements'
import * as followers from './followers'
import * as giftCodes from './gift-codes'
import * as gifts from './gifts'
import * as help from './help'
import * as inbox from './inbox'
import * as invitations from './invitations'
import * as liability from './liability'
import * as members from './members'
import * as openClients from './open-clients'
import * as orders from './orders'
import * as pictures from './pictures'
import * as points from './points'
import * as pointsAdjustments from './points-adjustments'
import * as profile from './profile'
import * as purchases from './purchases'
import * as rains from './rains'
import * as settings from './settings'
import * as shipments from './shipments'
import * as staff from './staff'
import * as stores from './stores'
import * as taskReviews from './task-reviews'
import * as tasks from './tasks'
import * as tiers from './tiers'
import * as uploads from './uploads'
import * as wishes from './wishes'

const modules = {
  ...addresses,
  ...admins,
  ...afterSales,
  ...alerts,
  ...basket,
  ...checkIns,
  ...earningRules,
  ...followers,
  ...giftCodes,
  ...entitlements,
  ...gifts,
  ...help,
  ...inbox,
  ...liability,
  ...invitations,
  ...members,
  ...openClients,
  ...orders,
  ...pictures,
  ...points,
  ...pointsAdjustments,
  ...profile,
  ...purchases,
  ...rains,
  ...settings,
  ...shipments,
  ...staff,
  ...stores,
  ...taskReviews,
  ...tasks,
  ...tiers,
  ...uploads,
  ...wishes,
}

type Modules = typeof modules
type AnyContract = Extract<Modules[keyof Modules], Contract>

/** `POST /api/member/orders` and the like: how a client names an operation. */
export type RouteName = { [C in AnyContract as `${C['method']} ${C['path']}`]: C }

type Input<T> = T extends z.ZodType ? z.input<T> : undefined

/** What a client sends and gets for one route, by its name. Types only: importing it bundles nothing. */
export type BodyOf<R extends keyof RouteName> = RouteName[R] extends { body: infer B } ? Input<B> : undefined
export type QueryOf<R extends keyof RouteName> = RouteName[R] extends { query: infer Q }
  ? Input<Q>
  : undefined
export type ResponseOf<R extends keyof RouteName> = RouteName[R]['response'] extends z.ZodType
  ? z.output<RouteName[R]['response']>
  : never

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value

/** Every contract, for OpenAPI. */
export const allContracts: readonly Contract[] = Object.values(modules as Record<string, unknown>).filter(
  isContract,
)
