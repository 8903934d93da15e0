import { Image } from '@tarojs/components'
import Taro from '@tarojs/taro'
import './icon.scss'
import { type IconName, iconColors, iconSvg } from './icons'

type IconProps = {
  name: IconName
  /** Side in design px (375 wide), scaled like every other length. */
  size?: number
  /** A concrete colour such as `#1F6B4F`; take it from `iconColors`. */
  color?: string
  /** Only for an icon that stands alone: without it the icon is decoration and the text beside it speaks. */
  label?: string
  className?: string
}

/** A line icon that keeps its place before it is painted, on weapp and H5 alike. */
export const Icon = ({ name, size = 24, color = iconColors.light.ink, label, className }: IconProps) => {
  const side = Taro.pxTransform(size)
  return (
    <Image
      className={className ? `icon ${className}` : 'icon'}
      src={`data:image/svg+xml,${encodeURIComponent(iconSvg(name, color))}`}
      mode="aspectFit"
      style={{ width: side, height: side }}
      {...(label ? { ariaLabel: label } : { 'aria-hidden': true })}
    />
  )
}
