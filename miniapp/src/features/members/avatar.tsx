import { Image, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { pictureAddress } from '../../platform/origin'
import './avatar.scss'

/** The member's picture, or the first character of the nick. */
export function Avatar({ nick, url }: { nick: string; url: string | null }) {
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null)
  return (
    <View className="avatar" aria-hidden="true">
      {url && url !== brokenUrl ? (
        <Image
          className="avatar__picture"
          src={pictureAddress(url)}
          mode="aspectFill"
          onError={() => setBrokenUrl(url)}
        />
      ) : (
        <Text className="avatar__letter">{[...nick][0] ?? ''}</Text>
      )}
    </View>
  )
}
