import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { DrawnTick } from '../../../components/drawn-tick/drawn-tick'
import { Sheet } from '../../../components/sheet/sheet'
import type { Reached } from '../../../features/check-ins/use-check-in'
import { accountText } from '../../../platform/account-text'
import { useColors } from '../../../platform/brand'

const words = accountText.calendar.reached

/** What came of a check-in or a make-up. */
export interface Outcome {
  title: string
  streakDays: number
  reached: Reached
}

/** It worked: a drawn tick, how many days running, and what that brought. */
export function ReachedSheet({ outcome, onClose }: { outcome: Outcome | null; onClose: () => void }) {
  const { accentFill, onAccent } = useColors()
  if (!outcome) return null
  const { title, streakDays, reached } = outcome
  return (
    <Sheet isOpen onClose={onClose} id="reached-sheet">
      <View className="reached">
        <DrawnTick size={64} ground={accentFill} color={onAccent} />
        <Text className="reached__title">{title}</Text>
        {streakDays > 0 ? <Text className="reached__line">{words.streak(streakDays)}</Text> : null}
        {reached.map(({ days, reward }) => (
          <View className="reached__reward" key={days}>
            <Text className="reached__name">{words.title(days)}</Text>
            <Text className="reached__words">{reward}</Text>
          </View>
        ))}
        <Button id="reached-close" className="reached__button" onPress={onClose}>
          {words.close}
        </Button>
      </View>
    </Sheet>
  )
}
