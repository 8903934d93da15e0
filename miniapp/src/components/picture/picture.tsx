import { Image, View } from '@tarojs/components'
import { useState } from 'react'
import { pictureAddress } from '../../platform/origin'
import { Glyph } from '../glyph/glyph'
import './picture.scss'

export interface PictureProps {
  url: string | null
  /** What is on it; empty when the name stands beside it. */
  label?: string
  className?: string
  isFaded?: boolean
  isEager?: boolean
}

/** A square gift picture. One that is missing or broken becomes a quiet drawn gift, never a hole. */
export function Picture({ url, label = '', className = '', isFaded = false, isEager = false }: PictureProps) {
  const [failedUrl, setFailedUrl] = useState<string | null>(null)
  const isMissing = !url || failedUrl === url
  return (
    <View className={`picture ${isFaded ? 'picture--faded' : ''} ${className}`}>
      {isMissing ? (
        <Glyph name="gift" size={32} tone="ink3" />
      ) : (
        <Image
          className="picture__image"
          src={pictureAddress(url)}
          mode="aspectFill"
          lazyLoad={!isEager}
          onError={() => setFailedUrl(url)}
          aria-label={label}
        />
      )}
    </View>
  )
}
