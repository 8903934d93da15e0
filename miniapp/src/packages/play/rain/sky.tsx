import { View } from '@tarojs/components'
import { memo } from 'react'
import { PacketPicture } from '../../../features/rains/packet-picture'

interface Lane {
  /** From the left, in percent of the screen. */
  left: number
  width: number
  /** How long a fall takes, and how long after the first it begins. */
  seconds: number
  delay: number
}

/** Nine packets fall for ever, each in a lane of its own; the style sheet moves them, nothing is drawn anew. */
const lanes: readonly Lane[] = [
  { left: 4, width: 62, seconds: 4.6, delay: 0 },
  { left: 38, width: 70, seconds: 4.1, delay: 0.5 },
  { left: 73, width: 60, seconds: 5, delay: 0.9 },
  { left: 21, width: 56, seconds: 5.3, delay: 1.5 },
  { left: 57, width: 64, seconds: 4.4, delay: 2 },
  { left: 6, width: 58, seconds: 5.1, delay: 2.6 },
  { left: 78, width: 66, seconds: 4.3, delay: 3 },
  { left: 40, width: 54, seconds: 5.6, delay: 3.4 },
  { left: 24, width: 64, seconds: 4.8, delay: 4 },
]

interface FallingProps {
  index: number
  isTaken: boolean
  onTap: (index: number) => void
}

const Falling = memo(function Falling({ index, isTaken, onTap }: FallingProps) {
  const { left, width, seconds, delay } = lanes[index] as Lane
  return (
    <View
      className={isTaken ? 'rain-lane rain-lane--taken' : 'rain-lane'}
      style={{ left: `${left}%`, animationDuration: `${seconds}s`, animationDelay: `${delay}s` }}
      onClick={() => onTap(index)}
    >
      <View className={index % 2 === 0 ? 'rain-lane__swing' : 'rain-lane__swing rain-lane__swing--other'}>
        <PacketPicture width={width} />
      </View>
    </View>
  )
})

interface SkyProps {
  /** The packet that was tapped and is being opened. */
  taken: number | null
  onTap: (index: number) => void
}

/** Falling packets, for fingers and eyes; the button beneath says and does the same for everyone else. */
export const Sky = memo(function Sky({ taken, onTap }: SkyProps) {
  return (
    <View className="rain-sky" aria-hidden="true" id="rain-sky">
      {lanes.map(({ delay }, index) => (
        <Falling key={delay} index={index} isTaken={taken === index} onTap={onTap} />
      ))}
    </View>
  )
})
