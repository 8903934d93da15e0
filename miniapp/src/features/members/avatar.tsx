import { Image, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { pictureAddress } from '../../platform/origin'
import './avatar.scss'

/** The member's picture, or the first character of the nick. */
export function Avatar({ nick, url }: { nick: string; url: string | null }) {
  const [isBroken, setIsBroken] = useState(false)
  return (
    <View className="avatar" aria-hidden="true">
      {url && !isBroken ? (
        <Image
          className="avatar__picture"
          src={pictureAddress(url)}
          mode="aspectFill"
          onError={() => setIsBroken(true)}
        />
      ) : (
        <Text className="avatar__letter">{[...nick][0] ?? ''}</Text>
      )}
    </View>
  )
}
