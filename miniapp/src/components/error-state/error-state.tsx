import { ApiError, messageOf } from '../../platform/api-error'
import { text } from '../../platform/text'
import { EmptyState } from '../empty-state/empty-state'

export interface ErrorStateProps {
  error: unknown
  onRetry: () => void
  title?: string
}

/** What went wrong in plain words and the way to try again. The request's id shows only where support needs it. */
export function ErrorState({ error, onRetry, title }: ErrorStateProps) {
  const line =
    error instanceof ApiError && error.status >= 500 && error.requestId
      ? `${messageOf(error)}（${text.errors.requestId(error.requestId)}）`
      : messageOf(error)
  return (
    <EmptyState
      picture="offline"
      title={title ?? text.errors.title}
      line={line}
      action={text.common.retry}
      actionId="retry"
      onAction={onRetry}
    />
  )
}
