import { Text, View } from '@tarojs/components'
import './timeline.scss'

export interface TimelineStep {
  key: string
  title: string
  note: string | null
  when: string
}

/** What happened, newest on top and strongest. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <View className="timeline">
      {steps.map((step, index) => (
        <View
          key={step.key}
          className={index === 0 ? 'timeline__step timeline__step--now' : 'timeline__step'}
        >
          <View className="timeline__rail">
            <View className="timeline__dot" />
          </View>
          <View className="timeline__words">
            <Text className="timeline__title">{step.title}</Text>
            {step.note ? <Text className="timeline__note">{step.note}</Text> : null}
            <Text className="timeline__when">{step.when}</Text>
          </View>
        </View>
      ))}
    </View>
  )
}
