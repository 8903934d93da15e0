import { Text, View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { deskText } from '../../../platform/desk-text'

const words = deskText
const lookEveryMs = 160
const widestPx = 720

interface CameraScannerProps {
  onCode: (code: string) => void
  /** No camera, or it is not allowed: the pad takes over. */
  onFailed: () => void
}

/** Reads QR codes from the phone's camera in a browser. Loaded only when the desk opens it. */
export function CameraScanner({ onCode, onFailed }: CameraScannerProps) {
  const hostRef = useRef<unknown>(null)
  const [isOpen, setIsOpen] = useState(false)
  const callbacksRef = useRef({ onCode, onFailed })
  callbacksRef.current = { onCode, onFailed }

  useEffect(() => {
    const host = hostRef.current
    if (!(host instanceof HTMLElement)) return undefined
    return startScanning(host, {
      onOpen: () => setIsOpen(true),
      onCode: (code) => callbacksRef.current.onCode(code),
      onFailed: () => callbacksRef.current.onFailed(),
    })
  }, [])

  return (
    <View className="scanner">
      <View className="scanner__video" ref={hostRef} />
      <View className="scanner__frame" />
      <Text className="scanner__hint">{isOpen ? words.cameraHint : words.opening}</Text>
    </View>
  )
}

interface ScanEvents {
  onOpen: () => void
  onCode: (code: string) => void
  onFailed: () => void
}

/** Opens the camera and looks for a code until it is stopped. @returns stops it */
function startScanning(host: HTMLElement, events: ScanEvents): () => void {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  host.append(video)
  let isStopped = false
  let stream: MediaStream | null = null
  let timer: ReturnType<typeof setInterval> | undefined

  const stop = () => {
    isStopped = true
    clearInterval(timer)
    for (const track of stream?.getTracks() ?? []) track.stop()
    video.remove()
  }

  const open = async () => {
    const [media, { default: readQr }] = await Promise.all([
      navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
      import('jsqr'),
    ])
    stream = media
    if (isStopped) {
      stop()
      return
    }
    video.srcObject = media
    await video.play()
    events.onOpen()
    const canvas = document.createElement('canvas')
    timer = setInterval(() => {
      const code = readFrame(video, canvas, readQr)
      if (!code) return
      stop()
      events.onCode(code)
    }, lookEveryMs)
  }

  open().catch(() => {
    if (isStopped) return
    stop()
    events.onFailed()
  })
  return stop
}

type ReadQr = typeof import('jsqr').default

function readFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement, readQr: ReadQr): string | null {
  if (video.videoWidth === 0) return null
  const scale = Math.min(1, widestPx / video.videoWidth)
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.drawImage(video, 0, 0, canvas.width, canvas.height)
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  return readQr(data, width, height)?.data ?? null
}
