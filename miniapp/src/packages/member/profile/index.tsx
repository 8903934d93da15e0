import { Input, Picker, Button as PlatformButton, Text, View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import { limits } from '#shared/domain/limits'
import { Button } from '../../../components/button/button'
import { Glyph } from '../../../components/glyph/glyph'
import { Notice } from '../../../components/notice/notice'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import { Avatar } from '../../../features/members/avatar'
import { type Me, useMe } from '../../../features/members/member.queries'
import {
  type ProfileChange,
  useBindPhone,
  useChangeAvatar,
  useUpdateProfile,
} from '../../../features/members/profile.queries'
import { accountText } from '../../../platform/account-text'
import { ApiError, messageOf } from '../../../platform/api-error'
import { isWeapp } from '../../../platform/device'
import { formatFullDate } from '../../../platform/format'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import './profile.scss'

const words = accountText.profile

function Row({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <View className="profile-row">
      <View className="profile-row__line">
        <Text className="profile-row__label">{label}</Text>
        <View className="profile-row__value">{children}</View>
      </View>
      {hint ? <Text className="profile-row__hint">{hint}</Text> : null}
    </View>
  )
}

function AvatarRow({ me }: { me: Me }) {
  const change = useChangeAvatar()
  const isUnsent = change.error instanceof ApiError && change.error.isUndecided
  const choose = () =>
    change.mutate(undefined, {
      onSuccess: (isChanged) => isChanged && showToast(words.saved),
      onError: (error) => showToast(messageOf(error)),
    })
  return (
    <Pressable
      className="profile-avatar"
      id="profile-avatar"
      onPress={change.isPending ? change.cancel : choose}
    >
      <Avatar nick={me.member.nick} url={me.member.avatarUrl} />
      <Text className="profile-avatar__words">
        {change.isPending ? words.uploading : isUnsent ? text.photos.failed : words.changeAvatar}
      </Text>
    </Pressable>
  )
}

function Birthday({
  value,
  isFixed,
  onChoose,
}: {
  value: string
  isFixed: boolean
  onChoose: (date: string) => void
}) {
  if (isFixed) return <Text id="birthday">{formatFullDate(value)}</Text>
  return (
    <Picker
      mode="date"
      id="birthday"
      start="1900-01-01"
      end={today()}
      value={value || '1995-01-01'}
      onChange={(event) => onChoose(event.detail.value)}
    >
      <View className="profile-row__choice">
        <Text className={value ? '' : 'profile-row__empty'}>
          {value ? formatFullDate(value) : words.birthdayEmpty}
        </Text>
        <Glyph name="chevron-right" size={16} tone="ink3" />
      </View>
    </Picker>
  )
}

/** The server judges by the business date; this only keeps the wheel from the future. */
const today = () => new Date().toISOString().slice(0, 10)

function Phone({ masked }: { masked: string | null }) {
  const bind = useBindPhone()
  const take = (code: string | undefined) => {
    if (!code) return
    bind.mutate(code, {
      onSuccess: () => showToast(words.phoneBound),
      onError: (error) => showToast(messageOf(error)),
    })
  }
  if (!isWeapp) {
    return (
      <Text className={masked ? 'profile-row__number' : 'profile-row__empty'} id="phone">
        {masked ?? words.phoneElsewhere}
      </Text>
    )
  }
  return (
    <PlatformButton
      className="profile-phone"
      id="phone"
      openType="getPhoneNumber"
      disabled={bind.isPending}
      onGetPhoneNumber={(event) => take(event.detail.code)}
    >
      {masked ? words.phoneChange(masked) : words.phoneBind}
    </PlatformButton>
  )
}

/** What was typed stays through every error. */
function Form({ me }: { me: Me }) {
  const { member, profile } = me
  const [nick, setNick] = useState(member.nick)
  const [birthday, setBirthday] = useState(profile.birthday ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const update = useUpdateProfile()
  const save = () => {
    const change: ProfileChange = {}
    if (nick.trim() !== member.nick) change.nick = nick.trim()
    if (birthday && birthday !== profile.birthday) change.birthday = birthday
    setProblem(nick.trim() === '' ? words.nickMissing : null)
    if (nick.trim() === '') return
    if (Object.keys(change).length === 0) return showToast(words.nothingNew)
    update.mutate(change, {
      onSuccess: () => showToast(words.saved),
      onError: (error) => setProblem(messageOf(error)),
    })
  }
  return (
    <>
      <AvatarRow me={me} />
      <View className="profile-rows">
        <Row label={words.nick}>
          <Input
            id="nick-input"
            value={nick}
            maxlength={limits.nickCharacters}
            placeholder={words.nickPlaceholder}
            aria-label={words.nick}
            onInput={(event) => setNick(event.detail.value)}
          />
        </Row>
        <Row label={words.birthday} hint={profile.birthday ? words.birthdayFixed : words.birthdayOnce}>
          <Birthday value={birthday} isFixed={profile.birthday !== null} onChoose={setBirthday} />
        </Row>
        <Row label={words.phone}>
          <Phone masked={profile.phoneMasked} />
        </Row>
      </View>
      <View className="profile-actions">
        {problem ? <Notice id="profile-error">{problem}</Notice> : null}
        <Button id="save-profile" busy={update.isPending} onPress={save}>
          {words.save}
        </Button>
      </View>
    </>
  )
}

export default function ProfilePage() {
  const isSignedIn = useIsSignedIn()
  const me = useMe()
  return (
    <Page title={text.me.profile}>
      {isSignedIn ? (
        <QueryView query={me} skeleton={<SkeletonRows count={2} />}>
          {(data) => <Form me={data} />}
        </QueryView>
      ) : (
        <SignInInvitation />
      )}
    </Page>
  )
}
