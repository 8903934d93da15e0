import { View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { Icon } from '../icon/icon'
import './drawn-tick.scss'

export interface DrawnTickProps {
  size: number
  ground: string
  color: string
}

/** The tick of something done: the disc pops in, then the stroke is drawn from left to right. */
export function DrawnTick({ size, ground, color }: DrawnTickProps) {
  const side = Taro.pxTransform(size)
  return (
    <View className="drawn-tick" style={{ width: side, height: side, background: ground }} aria-hidden="true">
      <View className="drawn-tick__stroke">
        <Icon name="check" size={Math.round(size * 0.56)} color={color} />
      </View>
    </View>
  )
}
