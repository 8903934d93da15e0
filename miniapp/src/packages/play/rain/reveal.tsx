import { Text, View } from '@tarojs/components'
import { useEffect, useRef } from 'react'
import { Button } from '../../../components/button/button'
import { PointsNumber } from '../../../components/points-number/points-number'
import { trapFocus } from '../../../components/sheet/focus-trap'
import { PacketPicture } from '../../../features/rains/packet-picture'
import type { Opening } from '../../../features/rains/use-opening'
import { formatPoints } from '../../../platform/format'
import { playText } from '../../../platform/play-text'

const words = playText.rain

interface RevealProps {
  opening: Exclude<Opening, { step: 'ready' }>
  onClose: () => void
}

/** One packet in the middle of the screen: shut until the server has answered, then open with what was in it. */
export function Reveal({ opening, onClose }: RevealProps) {
  const panelRef = useRef<unknown>(null)
  const closeRef = useRef(onClose)
  closeRef.current = onClose
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return undefined
    return trapFocus(panelRef.current, () => closeRef.current())
  }, [])
  const isOpen = opening.step === 'opened'
  return (
    <View className="rain-reveal" catchMove>
      <View
        className="rain-reveal__panel"
        id="rain-reveal"
        ref={panelRef}
        role="dialog"
        aria-modal="true"
        aria-label={words.title}
      >
        <View
          key={isOpen ? 'open' : 'shut'}
          className={isOpen ? 'rain-reveal__packet rain-reveal__packet--open' : 'rain-reveal__packet'}
        >
          <PacketPicture
            isOpen={isOpen}
            width={148}
            className={opening.step === 'opening' || opening.step === 'pending' ? 'rain-shaking' : ''}
          />
        </View>
        <View className="rain-reveal__words" role="status">
          <Told opening={opening} />
        </View>
        <Close opening={opening} onClose={onClose} />
      </View>
    </View>
  )
}

function Told({ opening }: Pick<RevealProps, 'opening'>) {
  if (opening.step === 'opening') return <Text className="rain-reveal__line">{words.opening}</Text>
  if (opening.step === 'pending')
    return (
      <>
        <Text className="rain-reveal__title" id="rain-pending">
          {words.pending}
        </Text>
        <Text className="rain-reveal__line">{words.pendingLine}</Text>
      </>
    )
  if (opening.step === 'refused')
    return (
      <>
        <Text className="rain-reveal__title">{words.notOpened}</Text>
        <Text className="rain-reveal__line" id="rain-refused">
          {opening.error.message}
        </Text>
      </>
    )
  const { points, cuts } = opening.packet
  return (
    <>
      <Text className="rain-reveal__title">{points > 0 ? words.got : words.nothing}</Text>
      {points > 0 ? (
        <View className="rain-reveal__points" id="rain-points">
          <PointsNumber points={points} size="hero" countsUp />
        </View>
      ) : null}
      {cuts.map((cut) => (
        <Text className="rain-reveal__line" key={cut.reason}>
          {words.cut(formatPoints(cut.points), cut.reason)}
        </Text>
      ))}
    </>
  )
}

function Close({ opening, onClose }: RevealProps) {
  if (opening.step === 'opened') {
    const { leftPackets } = opening
    return (
      <Button id="rain-go-on" className="rain-gold" onPress={onClose}>
        {leftPackets > 0 ? words.next(leftPackets) : words.seeResult}
      </Button>
    )
  }
  if (opening.step !== 'refused') return null
  return (
    <Button id="rain-go-on" className="rain-gold" onPress={onClose}>
      {words.fine}
    </Button>
  )
}
