import { Image, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import './illustration.scss'
import { type IllustrationName, illustrationRatio, illustrations, successLayers } from './illustrations'

type IllustrationProps = {
  name: IllustrationName
  /** In design px (375 wide); the height follows at 4 : 3, so nothing moves when the picture appears. */
  width?: number
  className?: string
}

const dataUri = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`

/** A decorative drawing for an empty or finished state; the line of text beneath it carries the meaning. */
export const Illustration = ({ name, width = 180, className }: IllustrationProps) => {
  const size = { width: Taro.pxTransform(width), height: Taro.pxTransform(width * illustrationRatio) }
  const classes = className ? `illustration ${className}` : 'illustration'
  if (name === 'success') {
    return (
      <View className={classes} style={size} aria-hidden>
        <Image
          className="illustration__ground"
          src={dataUri(successLayers.ground)}
          mode="aspectFit"
          style={size}
        />
        <View className="illustration__wipe">
          <Image
            className="illustration__tick"
            src={dataUri(successLayers.tick)}
            mode="aspectFit"
            style={size}
          />
        </View>
      </View>
    )
  }
  return (
    <Image className={classes} src={dataUri(illustrations[name])} mode="aspectFit" style={size} aria-hidden />
  )
}
