import { Text, View } from '@tarojs/components'
import type { CheckIns } from '../../../features/check-ins/check-in.queries'
import { accountText } from '../../../platform/account-text'

const words = accountText.calendar

type Step = CheckIns['progress'][number]

function Milestone({ step, today }: { step: Step; today: CheckIns['today'] }) {
  const { days, doneDays, reward, businessDate } = step
  const isToday = businessDate === today.businessDate
  return (
    <View className="milestone" id={`milestone-${days}`}>
      <View className="milestone__head">
        <Text className="milestone__name">{words.milestone(days)}</Text>
        <Text className="milestone__count">{words.milestoneDone(doneDays, days)}</Text>
      </View>
      <View className="milestone__bar" role="img" aria-label={words.milestoneProgress(doneDays, days)}>
        <View className="milestone__fill" style={{ width: `${Math.floor((doneDays * 100) / days)}%` }} />
      </View>
      <Text className={isToday ? 'milestone__line milestone__line--today' : 'milestone__line'}>
        {isToday ? words.milestoneToday(reward) : words.milestoneLeft(days - doneDays, reward)}
      </Text>
    </View>
  )
}

/** How many days running, and how far it is to what comes next. */
export function Streak({ calendar: { today, progress } }: { calendar: CheckIns }) {
  return (
    <View className="streak">
      <View className="streak__head">
        <Text className="streak__number" id="streak-days">
          {today.streakDays}
        </Text>
        <Text className="streak__unit">{words.days}</Text>
      </View>
      <Text className="streak__line">{today.streakDays > 0 ? words.running : words.notRunning}</Text>
      {progress.map((step) => (
        <Milestone key={step.days} step={step} today={today} />
      ))}
    </View>
  )
}
