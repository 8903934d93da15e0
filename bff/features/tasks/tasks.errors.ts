import { DomainError, notFound } from '../../kernel/errors'

export const noTask = () => notFound('没有这个任务')

export const invalidField = (path: string, message: string) =>
  new DomainError('request.invalid', { message, details: { path } })
