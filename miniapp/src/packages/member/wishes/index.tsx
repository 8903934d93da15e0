import { Text, View } from '@tarojs/components'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Glyph } from '../../../components/glyph/glyph'
import { ListFoot } from '../../../components/list-foot/list-foot'
import { Page } from '../../../components/page/page'
import { Picture } from '../../../components/picture/picture'
import { PointsNumber } from '../../../components/points-number/points-number'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import { useWish, useWishes, type Wish } from '../../../features/wishes/wish.queries'
import { accountText } from '../../../platform/account-text'
import { messageOf } from '../../../platform/api-error'
import { formatInstant } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import './wishes.scss'

const words = accountText.wishes

/** What stands between the member and his wish, in a few words. */
const stateLine = ({ state, startsAt }: Wish): string =>
  state === 'not_started' && startsAt ? words.startsAt(formatInstant(startsAt)) : words.states[state]

function WishRow({ wish }: { wish: Wish }) {
  const { gift, state } = wish
  const isOver = state === 'ended'
  const isQuiet = state !== 'open'
  const remove = useWish(gift.id)
  const drop = () =>
    remove.mutate(false, {
      onSuccess: () => showToast(words.removed),
      onError: (error) => showToast(messageOf(error)),
    })
  const open = () => (isOver ? showToast(words.over) : go.gift(gift.id))
  return (
    <View className="wish">
      <Pressable className="wish__gift" id={`wish-${gift.id}`} onPress={open}>
        <Picture className="wish__picture" url={gift.thumbnailUrl ?? gift.pictureUrl} isFaded={isQuiet} />
        <View className="wish__words">
          <Text className={isQuiet ? 'wish__name wish__name--quiet' : 'wish__name'}>{gift.name}</Text>
          <PointsNumber points={gift.pricePoints} size="small" tone={isQuiet ? 'quiet' : 'gold'} />
          <Text className={isQuiet ? 'wish__state' : 'wish__state wish__state--open'}>{stateLine(wish)}</Text>
        </View>
      </Pressable>
      <Pressable
        className="wish__drop"
        id={`unwish-${gift.id}`}
        label={words.remove(gift.name)}
        disabled={remove.isPending}
        onPress={drop}
      >
        <Glyph name="heart-filled" size={22} tone="danger" />
      </Pressable>
    </View>
  )
}

function Wishes() {
  const query = useWishes()
  return (
    <QueryView
      query={query}
      skeleton={<SkeletonRows count={4} />}
      isEmpty={(data) => data.pages.every(({ items }) => items.length === 0)}
      empty={
        <EmptyState
          picture="no-gifts"
          title={words.empty}
          line={words.emptyLine}
          action={words.emptyAction}
          actionId="to-mall"
          onAction={go.mall}
        />
      }
    >
      {(data) => (
        <>
          <Text className="wishes-lead" id="wishes">
            {words.lead}
          </Text>
          {data.pages
            .flatMap((page) => page.items)
            .map((wish) => (
              <WishRow key={wish.gift.id} wish={wish} />
            ))}
          <ListFoot query={query} showsEnd={data.pages.length > 1} />
        </>
      )}
    </QueryView>
  )
}

export default function WishesPage() {
  const isSignedIn = useIsSignedIn()
  return (
    <Page title={text.me.wishes}>{isSignedIn ? <Wishes /> : <SignInInvitation title={words.signIn} />}</Page>
  )
}
