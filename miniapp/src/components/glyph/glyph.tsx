import { useColors } from '../../platform/brand'
import { Icon } from '../icon/icon'
import type { IconName } from '../icon/icons'

export type Tone = 'ink' | 'ink2' | 'ink3' | 'inkFaint' | 'accent' | 'gold' | 'danger' | 'onAccent'

export interface GlyphProps {
  name: IconName
  size?: number
  tone?: Tone
  className?: string
}

/** An icon in a token's colour, in light and dark. */
export function Glyph({ name, size = 20, tone = 'ink2', className }: GlyphProps) {
  const colors = useColors()
  return <Icon name={name} size={size} color={colors[tone]} className={className} />
}
