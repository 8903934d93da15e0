import { DomainError, notFound } from '../../kernel/errors'
import type { AfterSale } from './after-sale.model'

export const noAfterSale = () => notFound('没有这个售后申请')

export const invalidState = ({ state }: Pick<AfterSale, 'state'>, message?: string) =>
  new DomainError('after_sale.invalid_state', { message, details: { state } })

export const notAllowed = (reason: string, message: string) =>
  new DomainError('after_sale.not_allowed', { message, details: { reason } })

export const invalidField = (path: string, message: string) =>
  new DomainError('request.invalid', { message, details: { path } })
