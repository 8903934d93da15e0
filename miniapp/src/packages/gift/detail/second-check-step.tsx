import { Input, Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { Pressable } from '../../../components/pressable/pressable'
import { useDemoMessage } from '../../../features/orders/demo-message'
import type { PlacingOrder } from '../../../features/orders/place-order'
import type { SecondCheck } from '../../../features/orders/second-check'
import { messageOf } from '../../../platform/api-error'
import { formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

const words = text.redeem.check
const codeLength = 6

interface SecondCheckStepProps {
  check: SecondCheck
  placing: PlacingOrder
  total: number
}

/** The step of an order of many points: the code that was sent to the phone, in the place of what was chosen before. */
export function SecondCheckStep({ check, placing, total }: SecondCheckStepProps) {
  if (check.phoneMasked === null) return <NoPhone check={check} />
  const isLocked = placing.isPlacing || placing.undecided !== null
  const problem = problemOf(check, placing)
  return (
    <View className="second-check" id="second-check">
      <Text className="second-check__lead" id="second-check-lead">
        {check.sending.isSending ? words.sending : words.lead(check.phoneMasked)}
      </Text>
      <View className="second-check__row">
        <Input
          id="verification-code"
          className={check.code ? 'second-check__input second-check__input--filled' : 'second-check__input'}
          type="number"
          maxlength={codeLength}
          value={check.code}
          disabled={isLocked}
          placeholder={words.placeholder}
          nativeProps={{ 'aria-label': words.label, autocomplete: 'one-time-code', inputmode: 'numeric' }}
          onInput={(event) => check.setCode(event.detail.value.replace(/\D/g, '').slice(0, codeLength))}
        />
        <Resend sending={check.sending} isLocked={isLocked} />
      </View>
      <DemoMessage phoneMasked={check.phoneMasked} sentAt={check.sending.sentAt} />
      {problem ? (
        <View className="redeem-form__error">
          <Notice id="second-check-error">{problem}</Notice>
        </View>
      ) : null}
      <View className="second-check__actions">
        <Button
          id="confirm-code"
          disabled={check.code.length < codeLength && placing.undecided === null}
          busy={placing.isPlacing}
          onPress={check.confirm}
        >
          {redeemLabel(placing, total)}
        </Button>
        <Leave isLocked={isLocked} onLeave={check.leave} />
      </View>
    </View>
  )
}

/** A word and no second button: beside one that waits for six digits it would look like it. */
function Leave({ isLocked = false, onLeave }: { isLocked?: boolean; onLeave: () => void }) {
  return (
    <Pressable className="second-check__leave" id="leave-check" disabled={isLocked} onPress={onLeave}>
      <Text>{words.leave}</Text>
    </Pressable>
  )
}

/** In the demo nobody has the phone. */
function DemoMessage({ phoneMasked, sentAt }: { phoneMasked: string; sentAt: number | null }) {
  const { data } = useDemoMessage(phoneMasked, sentAt)
  if (!data) return null
  return (
    <Text className="second-check__demo" id="demo-message">
      {words.demo(data)}
    </Text>
  )
}

function Resend({ sending, isLocked }: { sending: SecondCheck['sending']; isLocked: boolean }) {
  const { secondsLeft, isSending, send } = sending
  const mayNot = isLocked || isSending || secondsLeft > 0
  return (
    <Pressable className="second-check__resend" id="resend-code" disabled={mayNot} onPress={send}>
      <Text
        className={
          mayNot ? 'second-check__resend-text second-check__resend-text--waits' : 'second-check__resend-text'
        }
      >
        {secondsLeft > 0 ? words.resendIn(secondsLeft) : words.resend}
      </Text>
    </Pressable>
  )
}

/** Binding happens on another page; coming back one finds the order as it was. */
function NoPhone({ check }: { check: SecondCheck }) {
  const bind = () => {
    check.leave()
    go.profile()
  }
  return (
    <View className="second-check" id="second-check">
      <Text className="second-check__lead" id="second-check-lead">
        {words.noPhone}
      </Text>
      <View className="second-check__actions">
        <Button id="bind-phone" onPress={bind}>
          {words.bindPhone}
        </Button>
        <Leave onLeave={check.leave} />
      </View>
    </View>
  )
}

function problemOf(check: SecondCheck, placing: PlacingOrder): string | null {
  if (placing.undecided) return text.redeem.undecided
  const error = check.error ?? check.sending.error
  return error ? messageOf(error) : null
}

/** What the confirm sheet is called at each step. */
export function titleOf({ order, secondCheck }: PlacingOrder): string | undefined {
  if (order) return undefined
  return secondCheck ? words.title : text.redeem.title
}

/** What the one button of the sheet does now. */
export function redeemLabel({ isPlacing, undecided }: PlacingOrder, total: number): string {
  if (isPlacing) return text.redeem.working
  if (undecided) return text.redeem.again
  return total > 0 ? text.redeem.action(formatPoints(total)) : text.redeem.actionFree
}
