import type { z } from 'zod'
import type { Contract } from '#shared/contracts/contract'
import type { AdminRole, OpenScope } from '#shared/domain/enums'
import type { CsvFile } from './csv-file'
import type { Services } from './services'

/** Who is calling, as proved by the bearer token or, for `open`, by the request's signature. */
export type Principal =
  | { kind: 'member'; id: string; tokenHash: string }
  | { kind: 'staff'; id: string; tokenHash: string }
  | { kind: 'admin'; id: string; tokenHash: string; name: string; role: AdminRole }
  | { kind: 'open'; id: string; name: string; scopes: readonly OpenScope[] }

export type MemberPrincipal = Extract<Principal, { kind: 'member' }>
export type StaffPrincipal = Extract<Principal, { kind: 'staff' }>
export type AdminPrincipal = Extract<Principal, { kind: 'admin' }>
export type OpenPrincipal = Extract<Principal, { kind: 'open' }>

type PrincipalOf<C extends Contract> = C['actor'] extends 'member'
  ? MemberPrincipal
  : C['actor'] extends 'staff'
    ? StaffPrincipal
    : C['actor'] extends 'admin'
      ? AdminPrincipal
      : C['actor'] extends 'open'
        ? OpenPrincipal
        : C['actor'] extends 'member-optional'
          ? MemberPrincipal | null
          : null

type Output<T> = T extends z.ZodType ? z.output<T> : undefined

/** A checked request, as a handler sees it. */
export interface Call<C extends Contract> {
  principal: PrincipalOf<C>
  params: C extends { params: infer P } ? Output<P> : undefined
  query: C extends { query: infer Q } ? Output<Q> : undefined
  body: C extends { body: infer B } ? Output<B> : undefined
  /** The file that was sent, when the contract takes one; empty when none came. */
  csv: C extends { csvMaxBytes: number } ? Buffer : undefined
  /** The picture or push sent, of an operation that consumes one: bytes as they came, not yet looked at. */
  upload: C extends { consumes: 'image' | 'xml' } ? Buffer : null
  idempotencyKey: C extends { idempotency: 'required' } ? string : string | null
  services: Services
  /** For counting attempts, never stored; of a network that guesses an alert names the /24 or /64. */
  clientAddress: string
  /** What the client calls itself, cut to 200 characters; null when it says nothing. */
  userAgent: string | null
}

/** A handler gives the body of success, or the file that the contract says it produces. */
export type Handler<C extends Contract> = (
  call: Call<C>,
) => Promise<C extends { produces: 'csv' } ? CsvFile : z.input<C['response']>>

/** Whether this caller may use the operation at all; what he may see of it the command decides. */
export type Policy = (principal: Principal | null) => boolean

export interface Route {
  contract: Contract
  policy: Policy
  handle(call: Call<Contract>): Promise<unknown>
}

/** Ties a contract to who may call it and what it does. */
export const route = <C extends Contract>(contract: C, policy: Policy, handler: Handler<C>): Route => ({
  contract,
  policy,
  // http/ has checked the request against this very contract before it calls.
  handle: (call) => handler(call as unknown as Call<C>),
})

export const anyone: Policy = () => true
export const anyMember: Policy = (principal) => principal?.kind === 'member'
export const anyStaff: Policy = (principal) => principal?.kind === 'staff'
/** Owners may do everything; others what their role is listed for. */
export const adminWith =
  (...roles: AdminRole[]): Policy =>
  (principal) =>
    principal?.kind === 'admin' && (principal.role === 'owner' || roles.includes(principal.role))
/** Shops' and partners' systems that were given this scope. */
export const openWith =
  (scope: OpenScope): Policy =>
  (principal) =>
    principal?.kind === 'open' && principal.scopes.includes(scope)
