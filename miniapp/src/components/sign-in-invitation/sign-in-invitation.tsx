import { go } from '../../platform/navigation'
import { text } from '../../platform/text'
import { EmptyState } from '../empty-state/empty-state'

/** What a visitor sees where a member's own things would be. */
export function SignInInvitation({ title = text.signInInvitation.title }: { title?: string }) {
  return (
    <EmptyState
      picture="signed-out"
      title={title}
      line={text.signInInvitation.line}
      action={text.signInInvitation.action}
      actionId="sign-in"
      onAction={go.signIn}
    />
  )
}
