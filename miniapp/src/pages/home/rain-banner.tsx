import { Text, View } from '@tarojs/components'
import { Pressable } from '../../components/pressable/pressable'
import { PacketPicture } from '../../features/rains/packet-picture'
import { useRains } from '../../features/rains/rain.queries'
import { formatInstant } from '../../platform/format'
import { go } from '../../platform/navigation'
import { text } from '../../platform/text'

const words = text.home.rain
const aheadMs = 86_400_000

/** A red-packet rain that runs, or comes within a day. One in which the member has opened all he may is not told again. */
export function RainBanner() {
  const { data } = useRains()
  if (!data) return null
  const now = Date.now() + data.behindMs
  const rain = data.items.find(
    ({ startsAt, leftPercent, mine }) =>
      Date.parse(startsAt) - now <= aheadMs && leftPercent > 0 && mine?.leftPackets !== 0,
  )
  if (!rain) return null
  const isRunning = Date.parse(rain.startsAt) <= now
  return (
    <Pressable className="home-rain" id="rain" onPress={() => go.rain(rain.id)}>
      <PacketPicture width={44} className="home-rain__picture" />
      <View className="home-rain__words">
        <Text className="home-rain__name">{rain.name}</Text>
        <Text className="home-rain__line">
          {isRunning ? words.running : words.starts(formatInstant(rain.startsAt, new Date(now)))}
        </Text>
      </View>
      <Text className="home-rain__action">{isRunning ? words.play : words.look}</Text>
    </Pressable>
  )
}
