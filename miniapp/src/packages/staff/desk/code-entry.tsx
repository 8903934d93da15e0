import { Text, View } from '@tarojs/components'
import Taro from '@tarojs/taro'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { Icon } from '../../../components/icon/icon'
import { Pressable } from '../../../components/pressable/pressable'
import { deskText } from '../../../platform/desk-text'
import { DigitPad } from './digit-pad'
import './code-entry.scss'

const words = deskText

export type EntryMode = 'scan' | 'type'

const CameraScanner =
  process.env.TARO_ENV === 'h5'
    ? lazy(() => import('./camera-scanner').then(({ CameraScanner: component }) => ({ default: component })))
    : null

/** Whether this phone can scan at all. A browser needs a camera and a secure origin. */
export const canScan = (): boolean =>
  process.env.TARO_ENV === 'weapp' ||
  (typeof navigator !== 'undefined' && typeof navigator.mediaDevices?.getUserMedia === 'function')

interface CodeEntryProps {
  mode: EntryMode
  isBusy: boolean
  onCode: (code: string) => void
  onScanFailed: () => void
}

/** Takes a code, by camera or by thumb. */
export function CodeEntry({ mode, isBusy, onCode, onScanFailed }: CodeEntryProps) {
  if (mode === 'type') return <DigitPad isBusy={isBusy} onComplete={onCode} />
  if (isBusy) {
    return (
      <View className="scanner scanner--waiting">
        <Text className="scanner__hint">{words.lookingUp}</Text>
      </View>
    )
  }
  if (CameraScanner) {
    return (
      <Suspense fallback={<View className="scanner" />}>
        <CameraScanner onCode={onCode} onFailed={onScanFailed} />
      </Suspense>
    )
  }
  return <WechatScan onCode={onCode} />
}

/** WeChat's own scanner opens by itself once; after it is closed, a large button opens it again. */
function WechatScan({ onCode }: { onCode: (code: string) => void }) {
  const codeRef = useRef(onCode)
  codeRef.current = onCode
  const scan = () => {
    void Taro.scanCode({ onlyFromCamera: true, scanType: ['qrCode'] })
      .then(({ result }) => codeRef.current(result))
      .catch(() => undefined)
  }
  useEffect(scan, [])
  return (
    <Pressable className="scanner scanner--open" id="desk-scan" onPress={scan}>
      <Icon name="scan" size={72} color="#F2EDE4" />
      <Text className="scanner__title">{words.scan}</Text>
    </Pressable>
  )
}
