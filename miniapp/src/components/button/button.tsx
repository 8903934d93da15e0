import { Text } from '@tarojs/components'
import { Pressable } from '../pressable/pressable'
import './button.scss'

export interface ButtonProps {
  children: string
  onPress: () => void
  id?: string
  kind?: 'primary' | 'soft' | 'plain' | 'danger'
  size?: 'large' | 'medium' | 'small'
  disabled?: boolean
  busy?: boolean
  className?: string
}

/** A button says a verb. While busy it cannot be tapped again. */
export function Button(props: ButtonProps) {
  const { children, onPress, id, kind = 'primary', size = 'large', disabled = false, busy = false } = props
  return (
    <Pressable
      id={id}
      className={`button button--${kind} button--${size} ${disabled ? 'button--disabled' : ''} ${busy ? 'button--busy' : ''} ${props.className ?? ''}`}
      disabled={disabled || busy}
      onPress={onPress}
    >
      <Text className="button__text">{children}</Text>
    </Pressable>
  )
}
