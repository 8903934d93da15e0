import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { PointsNumber } from '../../../components/points-number/points-number'
import { PacketPicture } from '../../../features/rains/packet-picture'
import type { Rain } from '../../../features/rains/rain.queries'
import { formatClock, formatDay, formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { playText } from '../../../platform/play-text'
import { text } from '../../../platform/text'
import { clockOf, type Ending } from './phase'

const words = playText.rain

/** Who may not take part is told why, a visitor is asked to sign in. */
export function Admission({ rain }: { rain: Rain }) {
  if (!rain.mine)
    return (
      <View className="rain-admission">
        <Text className="rain-admission__line">{words.signIn}</Text>
        <Button id="sign-in" className="rain-gold" onPress={go.signIn}>
          {text.signInInvitation.action}
        </Button>
      </View>
    )
  if (!rain.mine.obstacle) return null
  return (
    <View className="rain-admission">
      <Text className="rain-admission__line" id="rain-obstacle">
        {rain.mine.obstacle}
      </Text>
    </View>
  )
}

function Facts({ rain }: { rain: Rain }) {
  const facts = [
    [formatPoints(rain.packetCount), words.facts.packets],
    [words.facts.eachCount(rain.packetsPerMember), words.facts.each],
    [formatPoints(rain.maxPoints), words.facts.most],
  ] as const
  return (
    <View className="rain-facts">
      {facts.map(([value, name]) => (
        <View className="rain-facts__one" key={name}>
          <Text className="rain-facts__value">{value}</Text>
          <Text className="rain-facts__name">{name}</Text>
        </View>
      ))}
    </View>
  )
}

/** Before the start: how long it takes still, what there is, and the rules. */
export function Waiting({ rain, serverNow }: { rain: Rain; serverNow: number }) {
  const { days, clock } = clockOf(Date.parse(rain.startsAt) - serverNow)
  const starts = `${formatDay(rain.startsAt)} ${formatClock(rain.startsAt)}`
  return (
    <View className="rain-waiting">
      <View className="rain-waiting__picture">
        <PacketPicture width={124} />
      </View>
      <Text className="rain-waiting__name" id="rain-name">
        {rain.name}
      </Text>
      <Text className="rain-waiting__line">{words.startsAt(starts)}</Text>
      <View className="rain-countdown" id="rain-countdown" role="timer">
        {days > 0 ? <Text className="rain-countdown__days">{words.days(days)}</Text> : null}
        <Text className="rain-countdown__clock">{clock}</Text>
      </View>
      <Admission rain={rain} />
      {rain.mine && !rain.mine.obstacle ? <Text className="rain-waiting__line">{words.soon}</Text> : null}
      <Facts rain={rain} />
      <Rules rain={rain} />
    </View>
  )
}

function Rules({ rain }: { rain: Rain }) {
  return (
    <View className="rain-rules">
      <Text className="rain-rules__title">{words.rules}</Text>
      <Text className="rain-rules__text">{rain.rules}</Text>
    </View>
  )
}

/** What the member has, what is left, and how long it still rains. */
export function Tally({ rain, serverNow }: { rain: Rain; serverNow: number }) {
  const { clock } = clockOf(Date.parse(rain.endsAt) - serverNow)
  return (
    <View className="rain-tally">
      <View className="rain-tally__row">
        <View className="rain-tally__mine">
          <Text className="rain-tally__word">{words.tally}</Text>
          <Text className="rain-tally__points" id="rain-tally">
            {formatPoints(rain.mine?.points ?? 0)}
          </Text>
          <Text className="rain-tally__word">{text.common.points}</Text>
        </View>
        <Text className="rain-tally__more">
          {words.leftToOpen(rain.mine?.leftPackets ?? rain.packetsPerMember)}
        </Text>
      </View>
      <View className="rain-tally__bar" aria-hidden="true">
        <View className="rain-tally__fill" style={{ width: `${rain.leftPercent}%` }} />
      </View>
      <View className="rain-tally__row rain-tally__row--small">
        <Text>{words.left(rain.leftPercent)}</Text>
        <Text>{words.endsIn(clock)}</Text>
      </View>
    </View>
  )
}

/** After it: what came of it, and where the points are good for something. */
export function Result({ rain, why }: { rain: Rain; why: Ending }) {
  const { openedPackets, points } = rain.mine ?? { openedPackets: 0, points: 0 }
  return (
    <View className="rain-result">
      <View className="rain-result__picture">
        <PacketPicture isOpen={openedPackets > 0} width={132} />
      </View>
      <View className="rain-result__panel" id="rain-result" role="status">
        <Text className="rain-result__title">{words.results[why]}</Text>
        <Text className="rain-result__name">{rain.name}</Text>
        {openedPackets > 0 ? (
          <View className="rain-result__points" id="rain-total">
            <PointsNumber points={points} size="hero" tone="gold" countsUp />
          </View>
        ) : null}
        <Text className="rain-result__line">
          {openedPackets > 0 ? words.opened(openedPackets) : words.openedNone}
        </Text>
        <Button id="to-mall" onPress={go.mall}>
          {words.toMall}
        </Button>
        {openedPackets > 0 ? (
          <Button id="to-entries" kind="plain" onPress={go.pointsEntries}>
            {words.toEntries}
          </Button>
        ) : null}
      </View>
    </View>
  )
}
