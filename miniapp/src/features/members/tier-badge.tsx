import { Text, View } from '@tarojs/components'
import type { Tier } from '#shared/domain/enums'
import { Icon } from '../../components/icon/icon'
import { Pressable } from '../../components/pressable/pressable'
import { useColors } from '../../platform/brand'
import { go } from '../../platform/navigation'
import { text } from '../../platform/text'
import './tier-badge.scss'

/** The member's tier, in gold, and the way to what it gives. */
export function TierBadge({ tier }: { tier: Tier }) {
  const { onGoldSoft } = useColors()
  return (
    <Pressable className="tier-badge" id="to-tier" onPress={go.tier}>
      <View className="tier-badge__chip">
        <Icon name="star" size={13} color={onGoldSoft} />
        <Text>{text.tiers[tier]}</Text>
        <Icon name="chevron-right" size={12} color={onGoldSoft} />
      </View>
    </Pressable>
  )
}
