import { Glyph } from '../../components/glyph/glyph'
import { Pressable } from '../../components/pressable/pressable'
import { showToast } from '../../components/toast/toast'
import { accountText } from '../../platform/account-text'
import { messageOf } from '../../platform/api-error'
import { go } from '../../platform/navigation'
import { useIsSignedIn } from '../../platform/session'
import { useIsWished, useWish } from './wish.queries'
import './wish-button.scss'

const words = accountText.wishes

/** A heart that puts a gift on the wish list; of one that is sold out, that its return will be told. */
export function WishButton({ giftId, isSoldOut }: { giftId: string; isSoldOut: boolean }) {
  const isSignedIn = useIsSignedIn()
  const { data } = useIsWished(giftId)
  const wish = useWish(giftId)
  const isWished = data?.isWished ?? false
  const added = isSoldOut ? words.addedSoldOut : words.added
  const toggle = () => {
    if (!isSignedIn) return go.signIn()
    wish.mutate(!isWished, {
      onSuccess: () => showToast(isWished ? words.removed : added),
      onError: (error) => showToast(messageOf(error)),
    })
  }
  return (
    <Pressable
      id="wish"
      className="wish-button"
      label={isSoldOut ? words.notify : words.add}
      selected={isWished}
      disabled={wish.isPending}
      onPress={toggle}
    >
      <Glyph name={isWished ? 'heart-filled' : 'heart'} size={24} tone={isWished ? 'danger' : 'ink2'} />
    </Pressable>
  )
}
