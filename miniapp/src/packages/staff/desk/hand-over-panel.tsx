import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { DrawnTick } from '../../../components/drawn-tick/drawn-tick'
import { Icon } from '../../../components/icon/icon'
import { Picture } from '../../../components/picture/picture'
import { Pressable } from '../../../components/pressable/pressable'
import type { Desk, HandOver } from '../../../features/staff/hand-over'
import type { Redemption } from '../../../features/staff/staff.queries'
import { usedCodeOf } from '../../../features/staff/used-code'
import { deskText } from '../../../platform/desk-text'
import { formatInstant } from '../../../platform/format'
import { text } from '../../../platform/text'
import './hand-over-panel.scss'

const words = deskText

type Color = 'green' | 'red' | 'amber' | 'plain'

interface PanelProps {
  color: Color
  id: string
  sign: ReactNode
  title: string
  line: string
  children?: ReactNode
}

/** The screen's answer in one colour. */
function Panel({ color, id, sign, title, line, children }: PanelProps) {
  return (
    <View className={`panel panel--${color}`} id={id} role="status">
      {sign}
      <Text className="panel__title">{title}</Text>
      <Text className="panel__line">{line}</Text>
      {children}
    </View>
  )
}

function Sign({ name, color }: { name: 'close' | 'hourglass' | 'gift'; color: string }) {
  return (
    <View className="panel__sign">
      <Icon name={name} size={38} color={color} />
    </View>
  )
}

function Gifts({ redemption }: { redemption: Redemption }) {
  return (
    <View className="panel__gifts">
      {redemption.order.items.map((item) => (
        <View className="panel-gift" key={`${item.giftId}-${item.skuId ?? ''}`}>
          <Picture className="panel-gift__picture" url={item.thumbnailUrl} isEager />
          <View className="panel-gift__words">
            <Text className="panel-gift__name">{item.name}</Text>
            {item.skuName ? <Text className="panel-gift__sku">{item.skuName}</Text> : null}
            <View className="panel-gift__quantity">
              <Text>{words.quantity}</Text>
              <Text className="panel-gift__count">{item.quantity}</Text>
            </View>
          </View>
        </View>
      ))}
    </View>
  )
}

function Refused({ handOver }: { handOver: Extract<HandOver, { step: 'refused' }> }) {
  const { error } = handOver
  const used = usedCodeOf(error)
  return (
    <Panel
      color="red"
      id="desk-refused"
      sign={<Sign name="close" color="#B3382C" />}
      title={words.refused}
      line={error.message}
    >
      {used ? (
        <Text className="panel__who" id="desk-used-by">
          {words.usedBy(used.staffName, used.storeName, formatInstant(used.redeemedAt))}
        </Text>
      ) : null}
    </Panel>
  )
}

/** What the scan or the confirmation came to. Green means handed over, and only the server's word makes it. */
export function HandOverPanel({ handOver }: { handOver: HandOver }) {
  if (handOver.step === 'refused') return <Refused handOver={handOver} />
  if (handOver.step === 'pending') {
    return (
      <Panel
        color="amber"
        id="desk-pending"
        sign={<Sign name="hourglass" color="#8A5A00" />}
        title={`${words.pending} · ${words.pendingHold}`}
        line={words.pendingLine}
      >
        <Gifts redemption={handOver.redemption} />
        <Text className="panel__who">{words.pendingTries(handOver.tries)}</Text>
      </Panel>
    )
  }
  if (handOver.step === 'unknown') {
    return (
      <Panel
        color="amber"
        id="desk-unknown"
        sign={<Sign name="hourglass" color="#8A5A00" />}
        title={`${words.pending} · ${words.pendingHold}`}
        line={words.unknownLine}
      >
        <Text className="panel__who">{words.pendingTries(handOver.tries)}</Text>
      </Panel>
    )
  }
  if (handOver.step === 'confirming') {
    return (
      <Panel
        color="amber"
        id="desk-confirming"
        sign={<Sign name="hourglass" color="#8A5A00" />}
        title={words.confirming}
        line={words.pendingHold}
      >
        <Gifts redemption={handOver.redemption} />
      </Panel>
    )
  }
  if (handOver.step === 'found') {
    return (
      <Panel
        color="plain"
        id="desk-ok"
        sign={<Sign name="gift" color="#1E7A56" />}
        title={words.ok}
        line={handOver.redemption.member.masked}
      >
        <Gifts redemption={handOver.redemption} />
        <Text className="panel__hint">{words.okLine}</Text>
      </Panel>
    )
  }
  if (handOver.step === 'done') {
    return (
      <Panel
        color="green"
        id="desk-done"
        sign={<DrawnTick size={96} ground="#FFFFFF" color="#1E7A56" />}
        title={words.done}
        line={`${handOver.redemption.member.masked}${text.common.joiner}${words.doneLine}`}
      >
        <Gifts redemption={handOver.redemption} />
      </Panel>
    )
  }
  return null
}

function DeskButton(props: {
  id: string
  label: string
  onPress: () => void
  isQuiet?: boolean
  isBusy?: boolean
}) {
  return (
    <Pressable
      id={props.id}
      className={props.isQuiet ? 'desk-button desk-button--quiet' : 'desk-button'}
      disabled={props.isBusy}
      onPress={props.onPress}
    >
      <Text>{props.label}</Text>
    </Pressable>
  )
}

/** The buttons that belong to each answer, within reach of a thumb. */
export function HandOverActions({ desk, againLabel }: { desk: Desk; againLabel: string }) {
  const { handOver } = desk
  switch (handOver.step) {
    case 'found':
      return (
        <>
          <DeskButton id="desk-confirm" label={words.confirm} onPress={desk.confirm} />
          <DeskButton id="desk-cancel" label={words.cancel} isQuiet onPress={desk.startOver} />
        </>
      )
    case 'confirming':
      return null
    case 'unknown':
      return (
        <>
          <DeskButton id="desk-look-up" label={words.retryNow} onPress={() => desk.lookUp(handOver.code)} />
          <DeskButton id="desk-again" label={againLabel} isQuiet onPress={desk.startOver} />
        </>
      )
    case 'pending':
      return <DeskButton id="desk-retry" label={words.retryNow} onPress={desk.confirm} />
    case 'refused':
    case 'done':
      return <DeskButton id="desk-again" label={againLabel} onPress={desk.startOver} />
    default:
      return null
  }
}
