import { DomainError } from '#bff/kernel/errors'
import type { AccessTokens } from './access-token'
import { isTokenRefused, publicError } from './failure'
import type { SendRequest } from './requests'

/** Sends requests with the app's access token, once more with another one where WeChat refuses the first. */
export function createAuthorized(send: SendRequest, tokens: AccessTokens): SendRequest {
  return async (request) => {
    const sendWith = (token: string) => send({ ...request, query: { ...request.query, access_token: token } })
    const token = await tokens.current()
    try {
      return await sendWith(token)
    } catch (error) {
      if (!isTokenRefused(error)) throw error
    }
    // WeChat looks at the token before it does anything, so even a message may be sent again.
    const replacement = await tokens.replace(token)
    try {
      return await sendWith(replacement)
    } catch (error) {
      throw isTokenRefused(error) ? new DomainError('auth.wechat_unavailable', { cause: error }) : error
    }
  }
}

/** The result of `work`, or what the caller is told of its failure. */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw publicError(error)
  }
}
