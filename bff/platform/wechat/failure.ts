import { DomainError } from '#bff/kernel/errors'

/** `not_sent`: no connection was made. `no_answer`: sent, but nothing usable came back. `refused`: an errcode. */
type FailureKind = 'not_sent' | 'no_answer' | 'refused'

/** What went wrong with one request, for the log. Holds no secret, token, code or session_key. */
export class WechatFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly path: string,
    readonly errcode: number | null,
    reason: string,
  ) {
    super(`WeChat ${path}: ${reason}`)
    this.name = 'WechatFailure'
  }
}

/**
 * 40001 invalid or not the latest, 40014 malformed, 42001 expired: all three are seen for a token that has
 * been replaced (https://developers.weixin.qq.com/doc/oplatform/developers/errCode/errCode.html).
 */
const refusedTokenErrcodes = [40001, 40014, 42001]

/** Whether another access token might help. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof WechatFailure && error.errcode !== null && refusedTokenErrcodes.includes(error.errcode)

/** "System busy, try again later": the one errcode that says nothing about the request itself. */
export const busyErrcode = -1

/**
 * What the caller is told. An errcode that is not listed means a mistake of ours or of the settings (wrong
 * secret, address not on the allow list, unknown template): it stays a bug, so that it is reported as one.
 */
export function publicError(error: unknown): unknown {
  if (!(error instanceof WechatFailure)) return error
  if (error.kind !== 'refused') return new DomainError('auth.wechat_unavailable', { cause: error })
  switch (error.errcode) {
    // 40163 "code been used" is missing from the page of code2Session but answered by it.
    case 40029:
    case 40163:
      return new DomainError('auth.wechat_code_invalid', { cause: error })
    case 40226:
      return new DomainError('auth.wechat_code_invalid', {
        message: '微信认为这个账号有风险，暂时不能登录',
        cause: error,
      })
    // A quota by the minute: "must slower, retry next minute".
    case 45011:
      return new DomainError('rate.limited', { retryAfterSeconds: 60, cause: error })
    case busyErrcode:
      return new DomainError('auth.wechat_unavailable', { cause: error })
    default:
      return error
  }
}
