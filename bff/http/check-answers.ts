import type Router from '@koa/router'
import type { Context, Middleware } from 'koa'
import type { Contract } from '#shared/contracts/contract'
import type { ErrorCode } from '#shared/domain/error-codes'
import { refusalsOf } from './refusals'
import { isWorthRetrying } from './statuses'

/** Answers that the OpenAPI document does not know, as found in this process; the tests fail unless it is empty. */
export const undocumentedAnswers: string[] = []

/**
 * In tests: an answer whose status and code its operation does not list becomes a 500 that says so. Around everything,
 * so that it sees the refusals too that are made before a route is reached.
 */
export const checkAnswers =
  (router: Router, contracts: readonly Contract[]): Middleware =>
  async (ctx, next) => {
    await next()
    const name = router.match(ctx.path, ctx.method).pathAndMethod[0]?.name
    const contract = contracts.find(({ id }) => id === name)
    const slip = contract && findSlip(contract, ctx)
    if (!slip) return
    undocumentedAnswers.push(slip)
    ctx.status = 500
    ctx.body = {
      error: { code: 'service.failed', message: slip, details: {}, requestId: ctx.state.requestId },
    }
  }

function findSlip(contract: Contract, ctx: Context): string | undefined {
  if (ctx.status < 400)
    return ctx.status === contract.status
      ? undefined
      : `${contract.id} answers ${ctx.status}, which its contract does not`
  const code: ErrorCode | undefined = (ctx.body as { error?: { code?: ErrorCode } } | null)?.error?.code
  if (!code) return `${contract.id} answers ${ctx.status} without a code`
  if (!refusalsOf(contract).has(code))
    return `${contract.id} answers ${ctx.status} ${code}: add the code to the errors of its contract`
  if (isWorthRetrying(code) && !ctx.response.get('Retry-After'))
    return `${contract.id} answers ${code} without Retry-After`
  return undefined
}
