import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { showToast } from '../../../components/toast/toast'
import { useHandOver } from '../../../features/staff/hand-over'
import { signOutStaff, useStaffMe } from '../../../features/staff/staff.queries'
import { deskText } from '../../../platform/desk-text'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { CodeEntry, canScan, type EntryMode } from './code-entry'
import { HandOverActions, HandOverPanel } from './hand-over-panel'
import { RedemptionList } from './redemption-list'
import './desk.scss'

const words = deskText

interface HeadProps {
  mode: EntryMode
  onMode: (mode: EntryMode) => void
  canSwitch: boolean
}

function Head({ mode, onMode, canSwitch }: HeadProps) {
  const me = useStaffMe()
  const other: EntryMode = mode === 'scan' ? 'type' : 'scan'
  return (
    <View className="desk-head">
      <View className="desk-head__words">
        <Text className="desk-head__store" id="desk-store">
          {me.data ? words.heading(me.data.staff.store.name) : words.title}
        </Text>
        <Text className="desk-head__count" id="desk-count">
          {me.data ? words.handedOver(me.data.handedOverToday) : ' '}
        </Text>
      </View>
      {canSwitch ? (
        <Pressable className="desk-chip" id="desk-mode" onPress={() => onMode(other)}>
          <Text>{other === 'type' ? words.type : words.scan}</Text>
        </Pressable>
      ) : null}
    </View>
  )
}

function SignOut() {
  const [isAsking, setIsAsking] = useState(false)
  const signOut = () => {
    setIsAsking(false)
    void signOutStaff().then(() => {
      showToast(words.signedOut)
      go.back()
    })
  }
  return (
    <>
      <Pressable className="desk-sign-out" id="desk-sign-out" onPress={() => setIsAsking(true)}>
        <Text>{words.signOut}</Text>
      </Pressable>
      <ConfirmSheet
        isOpen={isAsking}
        question={words.signOutQuestion}
        line={words.signOutLine}
        action={words.signOut}
        refusal={text.common.cancel}
        onConfirm={signOut}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}

function Desk() {
  const [mode, setMode] = useState<EntryMode>(() => (canScan() ? 'scan' : 'type'))
  const [canUseCamera, setCanUseCamera] = useState(canScan)
  const [hasAsked, setHasAsked] = useState(false)
  const me = useStaffMe()
  const staffId = me.data?.staff.id ?? ''
  const handOver = useHandOver(staffId)
  const confirm = () => {
    if (staffId !== '') return handOver.confirm()
    // Without knowing whose key it is nothing may be sent: the desk asks who is at it once more.
    showToast(text.errors.offline)
    void me.refetch()
  }
  const desk = { ...handOver, confirm }
  const { step } = desk.handOver
  const isTaking = step === 'ready' || step === 'looking'
  const choose = (next: EntryMode) => {
    setHasAsked(true)
    setMode(next)
  }
  const fallBackToPad = () => {
    setCanUseCamera(false)
    setMode('type')
    if (hasAsked) showToast(words.cameraFailed)
  }
  return (
    <>
      <Head mode={mode} onMode={choose} canSwitch={canUseCamera && step === 'ready'} />
      {isTaking ? (
        <CodeEntry
          mode={mode}
          isBusy={step === 'looking'}
          onCode={desk.lookUp}
          onScanFailed={fallBackToPad}
        />
      ) : (
        <>
          <HandOverPanel handOver={desk.handOver} />
          <View className="desk-actions">
            <HandOverActions desk={desk} againLabel={mode === 'scan' ? words.scanAgain : words.typeAgain} />
          </View>
        </>
      )}
      <RedemptionList />
      <SignOut />
    </>
  )
}

export default function StaffDeskPage() {
  const isSignedIn = useIsSignedIn('staff')
  return (
    <Page title={words.title} ground="desk" className="desk">
      {isSignedIn ? (
        <Desk />
      ) : (
        <View className="desk-guest">
          <Text className="desk-guest__line">{words.needSignIn}</Text>
          <Button id="staff-sign-in" onPress={go.signInStaff}>
            {words.signIn}
          </Button>
        </View>
      )}
    </Page>
  )
}
