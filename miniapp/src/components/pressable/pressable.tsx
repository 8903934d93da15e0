import { View } from '@tarojs/components'
import type { CSSProperties, ReactNode } from 'react'
import './pressable.scss'

export interface PressableProps {
  onPress: () => void
  /** A finger or a mouse button went down on it: it will probably be pressed. */
  onPressStart?: () => void
  children?: ReactNode
  id?: string
  className?: string
  style?: CSSProperties
  /** What a screen reader says, where the content is only a picture. */
  label?: string
  disabled?: boolean
  role?: 'button' | 'tab' | 'checkbox' | 'radio'
  selected?: boolean
  /** Of something that folds out: whether it is open. */
  expanded?: boolean
}

const stateOf = (role: string, selected: boolean | undefined) => {
  if (selected === undefined) return {}
  if (role === 'tab') return { 'aria-selected': String(selected) }
  if (role === 'button') return { 'aria-pressed': String(selected) }
  return { 'aria-checked': String(selected) }
}

/** Anything one taps: works with a finger, a keyboard on H5, and a screen reader. */
export function Pressable(props: PressableProps) {
  const { onPress, children, id, className = '', style, label, disabled = false, role = 'button' } = props
  const press = () => {
    if (!disabled) onPress()
  }
  const start = props.onPressStart
    ? {
        onTouchStart: props.onPressStart,
        ...(process.env.TARO_ENV === 'h5' ? { onMouseDown: props.onPressStart } : {}),
      }
    : {}
  const keyboard =
    process.env.TARO_ENV === 'h5'
      ? {
          tabIndex: disabled ? -1 : 0,
          onKeyDown: (event: { key: string; preventDefault: () => void }) => {
            if (event.key !== 'Enter' && event.key !== ' ') return
            event.preventDefault()
            press()
          },
        }
      : {}
  return (
    <View
      id={id}
      className={`pressable ${disabled ? 'pressable--disabled' : ''} ${className}`}
      style={style}
      role={role}
      aria-disabled={disabled ? 'true' : 'false'}
      {...(label ? { 'aria-label': label } : {})}
      {...stateOf(role, props.selected)}
      {...(props.expanded === undefined ? {} : { 'aria-expanded': String(props.expanded) })}
      {...keyboard}
      {...start}
      onClick={press}
    >
      {children}
    </View>
  )
}
