import { Text, View } from '@tarojs/components'
import { create } from 'zustand'
import './toast.scss'

const shownMs = 2_400

interface ToastState {
  message: string | null
  shownId: number
}

const useToast = create<ToastState>()(() => ({ message: null, shownId: 0 }))

let timer: ReturnType<typeof setTimeout> | undefined

/** Tells in one short sentence what has just happened; leaves by itself. */
export function showToast(message: string): void {
  clearTimeout(timer)
  useToast.setState(({ shownId }) => ({ message, shownId: shownId + 1 }))
  timer = setTimeout(() => useToast.setState({ message: null }), shownMs)
}

/** Where a page shows toasts. */
export function ToastHost() {
  const { message, shownId } = useToast()
  if (!message) return null
  return (
    <View className="toast" key={shownId} role="status" id="toast">
      <Text className="toast__text">{message}</Text>
    </View>
  )
}
