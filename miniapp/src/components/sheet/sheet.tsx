import { Text, View } from '@tarojs/components'
import { type ReactNode, useEffect, useRef } from 'react'
import { text } from '../../platform/text'
import { Glyph } from '../glyph/glyph'
import { Pressable } from '../pressable/pressable'
import { trapFocus } from './focus-trap'
import './sheet.scss'

export interface SheetProps {
  isOpen: boolean
  onClose: () => void
  title?: string
  children: ReactNode
  /** What stays at the bottom while the rest scrolls. */
  foot?: ReactNode
  id?: string
}

/** A panel from the bottom, over a shade that closes it. On H5 the keyboard stays inside until it closes. */
export function Sheet(props: SheetProps) {
  return props.isOpen ? <OpenSheet {...props} /> : null
}

function OpenSheet({ onClose, title, children, foot, id }: SheetProps) {
  const panelRef = useRef<unknown>(null)
  const closeRef = useRef(onClose)
  closeRef.current = onClose

  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return undefined
    return trapFocus(panelRef.current, () => closeRef.current())
  }, [])

  return (
    <View className="sheet" catchMove>
      <View className="sheet__shade" onClick={onClose} />
      <View
        className="sheet__panel"
        id={id}
        ref={panelRef}
        role="dialog"
        aria-modal="true"
        aria-label={title}
      >
        {title ? (
          <View className="sheet__head">
            <Text className="sheet__title">{title}</Text>
            <Pressable className="sheet__close" id="sheet-close" label={text.common.close} onPress={onClose}>
              <Glyph name="close" size={18} />
            </Pressable>
          </View>
        ) : null}
        <View className="sheet__body">{children}</View>
        {foot ? <View className="sheet__foot">{foot}</View> : null}
      </View>
    </View>
  )
}
