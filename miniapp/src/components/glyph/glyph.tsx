import { useIsDark } from '../../platform/theme'
import { Icon } from '../icon/icon'
import { type IconName, iconColors } from '../icon/icons'

export type Tone = keyof typeof iconColors.light

export interface GlyphProps {
  name: IconName
  size?: number
  tone?: Tone
  className?: string
}

/** An icon in a token's colour, in light and dark. */
export function Glyph({ name, size = 20, tone = 'ink2', className }: GlyphProps) {
  const colors = useIsDark() ? iconColors.dark : iconColors.light
  return <Icon name={name} size={size} color={colors[tone]} className={className} />
}
