import { Text, View } from '@tarojs/components'
import { Icon } from '../../components/icon/icon'
import { Pressable } from '../../components/pressable/pressable'
import { go } from '../../platform/navigation'
import { text } from '../../platform/text'

/** How it works, for someone who has not yet collected a gift. */
export function Banner() {
  return (
    <Pressable className="home-banner" id="banner" onPress={go.mall}>
      <View className="home-banner__words">
        <Text className="home-banner__title">{text.home.banner.title}</Text>
        <Text className="home-banner__line">{text.home.banner.line}</Text>
        <View className="home-banner__action">
          <Text>{text.home.banner.action}</Text>
          <Icon name="chevron-right" size={13} color="#F2E9D6" />
        </View>
      </View>
      <View className="home-banner__art">
        <View className="home-banner__disc" />
        <Icon name="store" size={84} color="#CFE4D8" />
      </View>
    </Pressable>
  )
}
