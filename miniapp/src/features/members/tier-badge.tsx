import { Text, View } from '@tarojs/components'
import type { Tier } from '#shared/domain/enums'
import { Icon } from '../../components/icon/icon'
import { useColors } from '../../platform/brand'
import { text } from '../../platform/text'
import './tier-badge.scss'

/** The member's tier, in gold. */
export function TierBadge({ tier }: { tier: Tier }) {
  const { onGoldSoft } = useColors()
  return (
    <View className="tier-badge">
      <Icon name="star" size={13} color={onGoldSoft} />
      <Text>{text.tiers[tier]}</Text>
    </View>
  )
}
