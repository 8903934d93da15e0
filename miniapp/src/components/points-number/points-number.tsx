import { Text, View } from '@tarojs/components'
import { formatPoints } from '../../platform/format'
import { useCountUp } from '../../platform/motion'
import { text } from '../../platform/text'
import './points-number.scss'

export interface PointsNumberProps {
  points: number
  size: 'hero' | 'large' | 'medium' | 'small'
  tone?: 'ink' | 'gold' | 'quiet'
  id?: string
  countsUp?: boolean
  unit?: boolean
  /** The lowest of several prices. */
  isFrom?: boolean
}

/** Points as a number that never wraps, with its unit beside it. Counts up when it changes, where asked to. */
export function PointsNumber(props: PointsNumberProps) {
  const { points, size, tone = 'ink', id, countsUp = false, unit = true, isFrom = false } = props
  const counted = useCountUp(points, countsUp)
  const isLong = Math.abs(points) >= 10_000_000
  return (
    <View className={`points-number points-number--${size} points-number--${tone}`}>
      <Text
        id={id}
        className={isLong ? 'points-number__value points-number__value--long' : 'points-number__value'}
        aria-label={`${formatPoints(points)}${text.common.points}${isFrom ? text.common.from : ''}`}
      >
        {formatPoints(countsUp ? counted : points)}
      </Text>
      {unit ? (
        <Text className="points-number__unit">
          {isFrom ? `${text.common.points}${text.common.from}` : text.common.points}
        </Text>
      ) : null}
    </View>
  )
}
