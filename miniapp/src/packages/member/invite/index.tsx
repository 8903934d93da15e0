import { Button as NativeButton, Text, View } from '@tarojs/components'
import { useShareAppMessage } from '@tarojs/taro'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ListFoot } from '../../../components/list-foot/list-foot'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton, SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import {
  type Invitation,
  type InvitationsPage,
  useInvitations,
} from '../../../features/invitations/invitation.queries'
import { accountText } from '../../../platform/account-text'
import { copyText } from '../../../platform/device'
import { formatDay, formatPoints } from '../../../platform/format'
import { inviteLink, invitePath } from '../../../platform/invite'
import { useIsSignedIn } from '../../../platform/session'
import { PosterSheet } from './poster-sheet'
import './invite.scss'

const words = accountText.invite

const copy = async (value: string, done: string) =>
  showToast((await copyText(value)) ? done : words.notCopied(value))

/** Both rewards, what is asked for them, the code and the one way to pass it on. */
function Offer({ page }: { page: InvitationsPage }) {
  const { inviteCode, act, inviterPoints, inviteePoints, monthLimit, rewardedThisMonth } = page
  const [isPosterOpen, setIsPosterOpen] = useState(false)
  return (
    <>
      <View className="invite-offer">
        <View className="invite-offer__rewards">
          <Reward name={words.forYou} points={inviterPoints} />
          <Reward name={words.forFriend} points={inviteePoints} />
        </View>
        <Text className="invite-offer__rule">{words.rule[act]}</Text>
        <Pressable
          id="copy-code"
          className="invite-code"
          onPress={() => void copy(inviteCode, words.codeCopied)}
        >
          <Text className="invite-code__name">{words.code}</Text>
          <Text className="invite-code__value" id="invite-code">
            {inviteCode}
          </Text>
          <Text className="invite-code__copy">{words.copy}</Text>
        </Pressable>
        <Share code={inviteCode} />
        <Button
          id="make-poster"
          kind="soft"
          className="invite-offer__poster"
          onPress={() => setIsPosterOpen(true)}
        >
          {words.poster.make}
        </Button>
        <Text className="invite-offer__month">{words.month(rewardedThisMonth, monthLimit)}</Text>
      </View>
      <PosterSheet isOpen={isPosterOpen} onClose={() => setIsPosterOpen(false)} page={page} />
    </>
  )
}

function Reward({ name, points }: { name: string; points: number }) {
  return (
    <View className="invite-reward">
      <Text className="invite-reward__points">{`+${formatPoints(points)}`}</Text>
      <Text className="invite-reward__name">{name}</Text>
    </View>
  )
}

/** WeChat shares only from a button of its own; a browser passes a link on. */
function Share({ code }: { code: string }) {
  if (process.env.TARO_ENV === 'h5')
    return (
      <Button id="share-invite" onPress={() => void copy(inviteLink(code), words.linkCopied)}>
        {words.copyLink}
      </Button>
    )
  return (
    <NativeButton id="share-invite" className="button button--primary button--large" openType="share">
      {words.share}
    </NativeButton>
  )
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { nick, state, joinedAt, points, reason } = invitation
  return (
    <View className="invite-row">
      <View className="invite-row__words">
        <Text className="invite-row__nick">{nick}</Text>
        <Text className="invite-row__line">{reason ?? words.joined(formatDay(joinedAt))}</Text>
      </View>
      {points > 0 ? (
        <Text className="invite-row__points">{`+${formatPoints(points)}`}</Text>
      ) : (
        <Text className="invite-row__state">{words.states[state]}</Text>
      )}
    </View>
  )
}

function Friends({ items }: { items: Invitation[] }) {
  return (
    <View className="invite-friends">
      <Text className="invite-friends__title">{words.friends}</Text>
      {items.length === 0 ? <Text className="invite-friends__none">{words.none}</Text> : null}
      {items.map((invitation) => (
        <InvitationRow key={`${invitation.joinedAt}${invitation.nick}`} invitation={invitation} />
      ))}
    </View>
  )
}

const skeleton = (
  <>
    <View className="invite-offer">
      <Skeleton width="100%" height={228} radius={12} />
    </View>
    <SkeletonRows count={3} />
  </>
)

function Invite() {
  const query = useInvitations()
  const code = query.data?.pages[0]?.inviteCode
  useShareAppMessage(() => ({ title: words.shareTitle, path: invitePath(code ?? '') }))
  return (
    <QueryView query={query} skeleton={skeleton}>
      {(data) => (
        <>
          {data.pages[0] ? <Offer page={data.pages[0]} /> : null}
          <Friends items={data.pages.flatMap(({ items }) => items)} />
          <ListFoot query={query} showsEnd={data.pages.length > 1} />
        </>
      )}
    </QueryView>
  )
}

export default function InvitePage() {
  const isSignedIn = useIsSignedIn()
  return (
    <Page title={words.title}>{isSignedIn ? <Invite /> : <SignInInvitation title={words.signIn} />}</Page>
  )
}
