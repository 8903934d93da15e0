import { Image, View } from '@tarojs/components'
import { useMemo } from 'react'
import { qrSvg } from './qr-svg'
import './qr-code.scss'

export interface QrCodeProps {
  text: string
  label: string
  className?: string
}

/** A QR code, dark on white whatever the phone's theme, drawn as a picture so that both targets show the same. */
export function QrCode({ text, label, className = '' }: QrCodeProps) {
  const source = useMemo(() => `data:image/svg+xml,${encodeURIComponent(qrSvg(text))}`, [text])
  return (
    <View className={`qr-code ${className}`} id="qr-code" role="img" aria-label={label}>
      <Image className="qr-code__picture" src={source} mode="aspectFit" aria-hidden="true" />
    </View>
  )
}
