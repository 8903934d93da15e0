import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import './skeleton.scss'

export interface SkeletonProps {
  /** Design px, or a CSS length such as `60%`. */
  width: number | string
  height: number
  radius?: number
  className?: string
}

const lengthOf = (value: number | string): string =>
  typeof value === 'number' ? Taro.pxTransform(value) : value

/** One breathing shape; skeletons are put together from it in the page's own layout. */
export function Skeleton({ width, height, radius = 8, className = '' }: SkeletonProps) {
  return (
    <View
      className={`skeleton ${className}`}
      aria-hidden="true"
      style={{ width: lengthOf(width), height: lengthOf(height), borderRadius: lengthOf(radius) }}
    />
  )
}

/** Card-shaped rows: a picture, two lines, a number. */
export function SkeletonRows({ count }: { count: number }) {
  return (
    <View className="skeleton-rows">
      {Array.from({ length: count }, (_, index) => `row-${index}`).map((key) => (
        <View className="skeleton-rows__row" key={key}>
          <Skeleton width={64} height={64} radius={14} />
          <View className="skeleton-rows__lines">
            <Skeleton width="72%" height={16} />
            <Skeleton width="44%" height={13} />
          </View>
        </View>
      ))}
    </View>
  )
}
