import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { Glyph } from '../../../components/glyph/glyph'
import { Notice } from '../../../components/notice/notice'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { Sheet } from '../../../components/sheet/sheet'
import { showToast } from '../../../components/toast/toast'
import { signInMember, wechatCode } from '../../../features/members/member.queries'
import { signInStaff } from '../../../features/staff/staff.queries'
import { messageOf } from '../../../platform/api-error'
import { isWeapp } from '../../../platform/device'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'
import { DemoPeople } from './demo-people'
import './sign-in.scss'

const words = text.signIn
type Role = 'member' | 'staff'

interface ConsentProps {
  isGiven: boolean
  onChange: (isGiven: boolean) => void
  onRead: (document: keyof typeof words.documents) => void
}

/** Before anything personal is sent: what is agreed to can be read, and the tick is never set beforehand. */
function Consent({ isGiven, onChange, onRead }: ConsentProps) {
  return (
    <View className="consent">
      <Pressable
        id="consent"
        role="checkbox"
        className={isGiven ? 'consent__box consent__box--given' : 'consent__box'}
        selected={isGiven}
        label={`${words.consent}${words.agreement}${words.and}${words.privacy}`}
        onPress={() => onChange(!isGiven)}
      >
        <View className="consent__mark">
          {isGiven ? <Glyph name="check" size={14} tone="onAccent" /> : null}
        </View>
        <Text>{words.consent}</Text>
      </Pressable>
      <Pressable className="consent__link" onPress={() => onRead('agreement')}>
        <Text>{words.agreement}</Text>
      </Pressable>
      <Text>{words.and}</Text>
      <Pressable className="consent__link" onPress={() => onRead('privacy')}>
        <Text>{words.privacy}</Text>
      </Pressable>
    </View>
  )
}

/** Signs in once at a time and tells what came of it. */
function useSignIn(role: Role, hasConsent: boolean) {
  const [busyCode, setBusyCode] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)

  const enter = async (takeCode: () => Promise<string>, busyAs: string) => {
    if (!hasConsent) {
      setError(words.consentFirst)
      return
    }
    if (busyCode !== null) return
    setBusyCode(busyAs)
    setError(null)
    try {
      const code = await takeCode()
      if (role === 'staff') {
        await signInStaff(code)
      } else {
        const { member, isNew, giftedPoints } = await signInMember(code)
        showToast(isNew ? words.welcomeNew(giftedPoints) : words.welcome(member.nick))
      }
      go.back()
    } catch (caught) {
      setError(messageOf(caught))
    } finally {
      setBusyCode(null)
    }
  }
  return { enter, busyCode, error, clearError: () => setError(null) }
}

function WechatButton({ signIn }: { signIn: ReturnType<typeof useSignIn> }) {
  return (
    <Button
      id="wechat-sign-in"
      busy={signIn.busyCode !== null}
      onPress={() => void signIn.enter(wechatCode, 'wechat')}
    >
      {signIn.busyCode !== null ? words.working : words.wechat}
    </Button>
  )
}

export default function SignInPage() {
  const role: Role = useRouter().params.role === 'staff' ? 'staff' : 'member'
  const [hasConsent, setHasConsent] = useState(false)
  const [reading, setReading] = useState<keyof typeof words.documents | null>(null)
  const signIn = useSignIn(role, hasConsent)
  const isStaff = role === 'staff'
  const give = (isGiven: boolean) => {
    setHasConsent(isGiven)
    signIn.clearError()
  }
  return (
    <Page title={isStaff ? words.staffTitle : words.title} className="sign-in">
      <View className="sign-in__head">
        <Text className="sign-in__brand">{text.brand}</Text>
        <Text className="sign-in__headline">{isStaff ? words.staffHeadline : words.headline}</Text>
        <Text className="sign-in__line">{isStaff ? words.staffLine : words.line}</Text>
      </View>
      <Consent isGiven={hasConsent} onChange={give} onRead={setReading} />
      {signIn.error ? <Notice id="sign-in-error">{signIn.error}</Notice> : null}
      {isWeapp ? (
        <WechatButton signIn={signIn} />
      ) : (
        <DemoPeople
          role={role}
          busyCode={signIn.busyCode}
          onEnter={(code) => void signIn.enter(() => Promise.resolve(code), code)}
        />
      )}
      {isStaff ? null : (
        <Pressable className="sign-in__browse" id="browse" onPress={go.back}>
          <Text>{words.browse}</Text>
        </Pressable>
      )}
      <Sheet
        isOpen={reading !== null}
        title={reading ? words[reading] : undefined}
        onClose={() => setReading(null)}
        id="document"
      >
        <Text className="sign-in__document">{reading ? words.documents[reading] : ''}</Text>
      </Sheet>
    </Page>
  )
}
