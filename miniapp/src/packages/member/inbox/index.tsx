import { Text, View } from '@tarojs/components'
import { memo } from 'react'
import { Button } from '../../../components/button/button'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { ListFoot } from '../../../components/list-foot/list-foot'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import { type Message, useInbox, useReadAll } from '../../../features/inbox/inbox.queries'
import { messageOf } from '../../../platform/api-error'
import { formatInstant } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import './inbox.scss'

const words = text.inbox

/** Where a message leads, if anywhere. */
function linkOf({ orderId, giftId, taskId }: Message) {
  if (orderId) return { to: 'order', words: words.seeOrder, open: () => go.order(orderId) }
  if (giftId) return { to: 'gift', words: words.seeGift, open: () => go.gift(giftId) }
  if (taskId) return { to: 'task', words: words.seeTask, open: () => go.task(taskId) }
  return null
}

/** Not rendered again when a page is added. */
const MessageCard = memo(function MessageCard({ message }: { message: Message }) {
  const link = linkOf(message)
  return (
    <View className={message.isRead ? 'message' : 'message message--unread'}>
      <View className="message__head">
        <Text className="message__title">{message.title}</Text>
        {message.isRead ? null : <View className="message__dot" aria-label={words.unread} />}
      </View>
      <Text className="message__body">{message.body}</Text>
      <View className="message__foot">
        <Text className="message__when">{formatInstant(message.occurredAt)}</Text>
        {link ? (
          <Pressable className="message__link" id={`message-${link.to}-${message.id}`} onPress={link.open}>
            <Text>{link.words}</Text>
          </Pressable>
        ) : null}
      </View>
    </View>
  )
})

function Messages() {
  const inbox = useInbox()
  const readAll = useReadAll()
  const unread = inbox.data?.pages[0]?.unread ?? 0
  return (
    <QueryView
      query={inbox}
      skeleton={<SkeletonRows count={4} />}
      isEmpty={(data) => data.pages[0]?.items.length === 0}
      empty={<EmptyState picture="no-entries" title={words.empty} line={words.emptyLine} />}
    >
      {(data) => (
        <>
          {data.pages
            .flatMap((page) => page.items)
            .map((message) => (
              <MessageCard key={message.id} message={message} />
            ))}
          <ListFoot query={inbox} showsEnd={data.pages.length > 1} />
          {unread > 0 ? (
            <View className="action-bar">
              <Button
                id="read-all"
                kind="soft"
                busy={readAll.isPending}
                onPress={() => readAll.mutate(undefined, { onError: (error) => showToast(messageOf(error)) })}
              >
                {words.readAll}
              </Button>
            </View>
          ) : null}
        </>
      )}
    </QueryView>
  )
}

export default function InboxPage() {
  const isSignedIn = useIsSignedIn()
  return (
    <Page title={words.title} className="inbox">
      {isSignedIn ? <Messages /> : <SignInInvitation />}
    </Page>
  )
}
