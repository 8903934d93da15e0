import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Icon } from '../../../components/icon/icon'
import { Pressable } from '../../../components/pressable/pressable'
import { deskText } from '../../../platform/desk-text'
import { formatDigits } from '../../../platform/format'
import './digit-pad.scss'

const words = deskText
const codeLength = 12
const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
const deskInk = '#F2EDE4'

interface DigitPadProps {
  isBusy: boolean
  onComplete: (code: string) => void
}

/** Twelve digits with one thumb; the last one looks the code up. */
export function DigitPad({ isBusy, onComplete }: DigitPadProps) {
  const [digits, setDigits] = useState('')
  const press = (digit: string) => {
    if (isBusy || digits.length >= codeLength) return
    const next = digits + digit
    setDigits(next)
    if (next.length === codeLength) onComplete(next)
  }
  const rest = '·'.repeat(codeLength - digits.length)
  return (
    <View className="pad">
      <Text className="pad__title">{words.padTitle}</Text>
      <View className="pad__digits" id="pad-digits" aria-label={digits}>
        {formatDigits(`${digits}${rest}`.replace(/·/g, '0'))
          .split('')
          .map((sign, position) => {
            const typed = formatDigits(digits)
            const key = `place-${position}`
            if (sign === ' ') return <View className="pad__gap" key={key} />
            return (
              <Text
                key={key}
                className={position < typed.length ? 'pad__digit' : 'pad__digit pad__digit--empty'}
              >
                {position < typed.length ? sign : '·'}
              </Text>
            )
          })}
      </View>
      <Text className="pad__hint">{isBusy ? words.lookingUp : words.padHint}</Text>
      <View className="pad__keys">
        {keys.map((digit) => (
          <Key key={digit} digit={digit} onPress={press} />
        ))}
        <Pressable className="pad__key pad__key--word" id="pad-clear" onPress={() => setDigits('')}>
          <Text>{words.clear}</Text>
        </Pressable>
        <Key digit="0" onPress={press} />
        <Pressable
          className="pad__key pad__key--word"
          id="pad-backspace"
          label={words.backspace}
          onPress={() => setDigits(digits.slice(0, -1))}
        >
          <Icon name="backspace" size={26} color={deskInk} />
        </Pressable>
      </View>
    </View>
  )
}

function Key({ digit, onPress }: { digit: string; onPress: (digit: string) => void }) {
  return (
    <Pressable
      className="pad__key"
      id={`pad-${digit}`}
      label={words.key(digit)}
      onPress={() => onPress(digit)}
    >
      <Text>{digit}</Text>
    </Pressable>
  )
}
