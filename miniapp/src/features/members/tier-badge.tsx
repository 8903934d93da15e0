import { Text, View } from '@tarojs/components'
import type { Tier } from '#shared/domain/enums'
import { Icon } from '../../components/icon/icon'
import { text } from '../../platform/text'
import { useIsDark } from '../../platform/theme'
import './tier-badge.scss'

/** The member's tier, in gold. */
export function TierBadge({ tier }: { tier: Tier }) {
  const isDark = useIsDark()
  return (
    <View className="tier-badge">
      <Icon name="star" size={13} color={isDark ? '#E9C88C' : '#A9772B'} />
      <Text>{text.tiers[tier]}</Text>
    </View>
  )
}
