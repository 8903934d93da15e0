import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { DrawnTick } from '../../../components/drawn-tick/drawn-tick'
import { useColors } from '../../../platform/brand'
import { useCountUp } from '../../../platform/motion'
import { go } from '../../../platform/navigation'
import { taskText } from '../../../platform/task-text'

const words = taskText

/** The reward counts up once, with what a cap took of it told beneath. */
export function TaskDone({ name, points, cuts }: { name: string; points: number; cuts: readonly string[] }) {
  const colors = useColors()
  const counted = useCountUp(points, true)
  return (
    <View className="task-done" id="task-done">
      <DrawnTick size={72} ground={colors.accent} color={colors.onAccent} />
      <Text className="task-done__title">{words.doneTitle}</Text>
      <Text className="task-done__name">{name}</Text>
      <Text className="task-done__points" id="task-earned" aria-label={words.gained(points)}>
        {words.gained(counted)}
      </Text>
      {cuts.map((cut) => (
        <Text className="task-done__cut" key={cut}>
          {cut}
        </Text>
      ))}
      <View className="task-done__actions">
        <Button id="task-back" onPress={go.back}>
          {words.backToList}
        </Button>
        <Button id="task-to-gifts" kind="plain" size="medium" onPress={go.mall}>
          {words.toGifts}
        </Button>
      </View>
    </View>
  )
}
