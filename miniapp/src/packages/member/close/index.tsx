import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { Glyph } from '../../../components/glyph/glyph'
import { Notice } from '../../../components/notice/notice'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import { useCloseAccount, useClosing } from '../../../features/members/profile.queries'
import { accountText } from '../../../platform/account-text'
import { messageOf } from '../../../platform/api-error'
import { formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import './close.scss'

const words = accountText.closing

function Losses({ points }: { points: number }) {
  const losses = [...(points > 0 ? [words.pointsLost(formatPoints(points))] : []), ...words.losses]
  return (
    <View className="closing-losses">
      {losses.map((loss) => (
        <View className="closing-loss" key={loss}>
          <View className="closing-loss__dot" />
          <Text className="closing-loss__words">{loss}</Text>
        </View>
      ))}
    </View>
  )
}

/** Why it cannot be closed now, each with what to do about it. */
function Obstacles({ obstacles }: { obstacles: readonly { code: string; message: string }[] }) {
  return (
    <View className="closing-obstacles" id="closing-obstacles">
      <Text className="closing-obstacles__title">{words.notYet}</Text>
      {obstacles.map(({ code, message }) => (
        <View className="closing-loss" key={code}>
          <Glyph name="warning" size={18} tone="danger" />
          <Text className="closing-loss__words">{message}</Text>
        </View>
      ))}
      {obstacles.some(({ code }) => code === 'orders_under_way') ? (
        <Button id="to-orders" kind="soft" size="medium" onPress={go.orders}>
          {words.toOrders}
        </Button>
      ) : null}
    </View>
  )
}

function Confirm() {
  const [isUnderstood, setIsUnderstood] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const close = useCloseAccount()
  const ask = () => {
    setProblem(isUnderstood ? null : words.tickFirst)
    if (isUnderstood) setIsAsking(true)
  }
  const run = async () => {
    try {
      // Awaited, because the page loses this part with the session, and callbacks of `mutate` with it.
      await close.mutateAsync()
      showToast(words.done)
      go.home()
    } catch (error) {
      setProblem(messageOf(error))
    }
    setIsAsking(false)
  }
  return (
    <>
      <Pressable
        id="closing-understood"
        className="closing-understood"
        role="checkbox"
        selected={isUnderstood}
        onPress={() => setIsUnderstood(!isUnderstood)}
      >
        <View className={isUnderstood ? 'closing-mark closing-mark--on' : 'closing-mark'}>
          {isUnderstood ? <Glyph name="check" size={14} tone="onAccent" /> : null}
        </View>
        <Text className="closing-loss__words">{words.understood}</Text>
      </Pressable>
      <View className="closing-actions">
        {problem ? <Notice id="closing-error">{problem}</Notice> : null}
        <Button id="close-account" kind="danger" busy={close.isPending} onPress={ask}>
          {words.action}
        </Button>
      </View>
      <ConfirmSheet
        isOpen={isAsking}
        question={words.question}
        line={words.line}
        action={words.confirm}
        refusal={words.keep}
        isDanger
        isBusy={close.isPending}
        onConfirm={() => void run()}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}

export default function CloseAccountPage() {
  const isSignedIn = useIsSignedIn()
  const closing = useClosing()
  return (
    <Page title={words.title}>
      {isSignedIn ? (
        <QueryView query={closing} skeleton={<SkeletonRows count={3} />}>
          {({ obstacles, availablePoints }) => (
            <>
              <Text className="closing-lead" id="close">
                {words.lead}
              </Text>
              <Losses points={availablePoints} />
              {obstacles.length > 0 ? <Obstacles obstacles={obstacles} /> : <Confirm />}
            </>
          )}
        </QueryView>
      ) : (
        <SignInInvitation />
      )}
    </Page>
  )
}
