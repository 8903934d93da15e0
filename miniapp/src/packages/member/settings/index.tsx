import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { type MessageTopic, messageTopics } from '#shared/domain/enums'
import { Button } from '../../../components/button/button'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { Glyph } from '../../../components/glyph/glyph'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { Sheet } from '../../../components/sheet/sheet'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import { Toggle } from '../../../components/toggle/toggle'
import { type Me, signOutMember, useMe } from '../../../features/members/member.queries'
import { useUpdateProfile, useWithdrawConsent } from '../../../features/members/profile.queries'
import { accountText } from '../../../platform/account-text'
import { messageOf } from '../../../platform/api-error'
import { formatDay } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import './settings.scss'

const words = accountText.settings
type Document = keyof typeof text.signIn.documents

function TopicRow({ topic, me }: { topic: MessageTopic; me: Me }) {
  const update = useUpdateProfile()
  const { mutedTopics } = me.profile
  const isOn = !mutedTopics.includes(topic)
  const { name, hint } = words.topics[topic]
  const toggle = () =>
    update.mutate(
      { mutedTopics: isOn ? [...mutedTopics, topic] : mutedTopics.filter((muted) => muted !== topic) },
      { onError: (error) => showToast(messageOf(error)) },
    )
  return (
    <Pressable
      id={`topic-${topic}`}
      className="setting"
      role="checkbox"
      selected={isOn}
      disabled={update.isPending}
      onPress={toggle}
    >
      <View className="setting__words">
        <Text className="setting__name">{name}</Text>
        <Text className="setting__hint">{hint}</Text>
      </View>
      <Toggle isOn={isOn} />
    </Pressable>
  )
}

interface RowProps {
  id: string
  name: string
  value?: string
  isDanger?: boolean
  onPress: () => void
}

function Row({ id, name, value, isDanger = false, onPress }: RowProps) {
  return (
    <Pressable id={id} className="setting" onPress={onPress}>
      <Text className={isDanger ? 'setting__name setting__name--danger' : 'setting__name'}>{name}</Text>
      {value ? <Text className="setting__value">{value}</Text> : null}
      <Glyph name="chevron-right" size={16} tone="ink3" />
    </Pressable>
  )
}

function Withdraw() {
  const [isAsking, setIsAsking] = useState(false)
  const withdraw = useWithdrawConsent()
  const run = async () => {
    try {
      // Awaited, because the page loses this part with the session, and callbacks of `mutate` with it.
      await withdraw.mutateAsync()
      showToast(words.withdrawn)
      go.home()
    } catch (error) {
      showToast(messageOf(error))
    }
    setIsAsking(false)
  }
  return (
    <>
      <Row id="withdraw-consent" name={words.withdraw} onPress={() => setIsAsking(true)} />
      <ConfirmSheet
        isOpen={isAsking}
        question={words.withdrawQuestion}
        line={words.withdrawLine}
        action={words.withdrawAction}
        refusal={words.keep}
        isDanger
        isBusy={withdraw.isPending}
        onConfirm={() => void run()}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}

function SignOut() {
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const signOut = async () => {
    setIsBusy(true)
    await signOutMember()
    showToast(text.me.signedOut)
    go.home()
  }
  return (
    <View className="settings-sign-out">
      <Button id="settings-sign-out" kind="plain" onPress={() => setIsAsking(true)}>
        {text.me.signOut}
      </Button>
      <ConfirmSheet
        isOpen={isAsking}
        question={text.me.signOutQuestion}
        line={text.me.signOutLine}
        action={text.me.signOut}
        refusal={text.common.cancel}
        isBusy={isBusy}
        onConfirm={() => void signOut()}
        onClose={() => setIsAsking(false)}
      />
    </View>
  )
}

function Settings({ me }: { me: Me }) {
  const [reading, setReading] = useState<Document | null>(null)
  const { consent } = me.profile
  return (
    <>
      <Text className="settings-title">{words.messages}</Text>
      <View className="settings-group">
        {messageTopics.map((topic) => (
          <TopicRow key={topic} topic={topic} me={me} />
        ))}
      </View>
      <Text className="settings-note">{words.messagesNote}</Text>
      <Text className="settings-title">{words.privacy}</Text>
      <View className="settings-group">
        <Row id="read-agreement" name={words.agreement} onPress={() => setReading('agreement')} />
        <Row
          id="read-privacy"
          name={words.privacyTerms}
          value={consent ? words.consented(formatDay(consent.givenAt)) : words.notConsented}
          onPress={() => setReading('privacy')}
        />
        <Withdraw />
      </View>
      <Text className="settings-title">{words.general}</Text>
      <View className="settings-group">
        <View className="setting">
          <Text className="setting__name">{words.theme}</Text>
          <Text className="setting__value">{words.themeSystem}</Text>
        </View>
        <Row id="to-close" name={words.close} isDanger onPress={go.closeAccount} />
      </View>
      <SignOut />
      <Sheet
        isOpen={reading !== null}
        title={reading ? text.signIn[reading] : undefined}
        onClose={() => setReading(null)}
        id="document"
      >
        <Text className="settings-document">{reading ? text.signIn.documents[reading] : ''}</Text>
      </Sheet>
    </>
  )
}

export default function SettingsPage() {
  const isSignedIn = useIsSignedIn()
  const me = useMe()
  return (
    <Page title={text.me.settings}>
      {isSignedIn ? (
        <QueryView query={me} skeleton={<SkeletonRows count={3} />}>
          {(data) => <Settings me={data} />}
        </QueryView>
      ) : (
        <SignInInvitation />
      )}
    </Page>
  )
}
