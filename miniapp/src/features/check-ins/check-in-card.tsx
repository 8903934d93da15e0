import { Text, View } from '@tarojs/components'
import { weekdayOf } from '#shared/domain/business-date'
import { Button } from '../../components/button/button'
import { Glyph } from '../../components/glyph/glyph'
import { Skeleton } from '../../components/skeleton/skeleton'
import { text } from '../../platform/text'
import type { CheckIns } from './check-in.queries'
import { useCheckIn } from './use-check-in'
import './check-in-card.scss'

type Day = CheckIns['week'][number]

const words = text.checkIn

const isBonus = (day: Day, week: readonly Day[]): boolean =>
  day.state !== 'missed' &&
  day.points > Math.min(...week.map(({ points }) => points || Number.POSITIVE_INFINITY))

function DayDisc({ day, week }: { day: Day; week: readonly Day[] }) {
  const name = day.state === 'today' ? words.today : (words.weekdays[weekdayOf(day.businessDate) - 1] ?? '')
  const bonus = isBonus(day, week) && day.state !== 'checked'
  return (
    <View
      className={`check-in-day check-in-day--${day.state} ${bonus ? 'check-in-day--bonus' : ''}`}
      aria-label={words.dayLabel(name, words.states[day.state])}
    >
      <View className="check-in-day__disc">
        {day.state === 'checked' ? (
          <Glyph name="check" size={18} tone="accent" />
        ) : (
          <Text>{bonus ? words.bonus(day.points) : day.state === 'missed' ? '·' : day.points}</Text>
        )}
      </View>
      <Text className="check-in-day__name">{name}</Text>
    </View>
  )
}

/** The week's seven days and today's one filled button; told here too: what tomorrow brings. */
export function CheckInCard({ checkIns }: { checkIns: CheckIns }) {
  const { today, tomorrow, week } = checkIns
  const checkIn = useCheckIn()
  return (
    <View className="check-in-card">
      <Text className="check-in-card__title">{words.streak(today.streakDays)}</Text>
      <View className="check-in-card__week">
        {week.map((day) => (
          <DayDisc key={day.businessDate} day={day} week={week} />
        ))}
      </View>
      {today.isCheckedIn ? (
        <View className="check-in-card__done" id="check-in-done">
          <Glyph name="check" size={18} tone="accent" />
          <Text>{words.done(today.points)}</Text>
        </View>
      ) : (
        <Button id="check-in" className="check-in-card__button" onPress={checkIn}>
          {words.action(today.points)}
        </Button>
      )}
      <Text className="check-in-card__tomorrow">{words.tomorrow(tomorrow.streakDays, tomorrow.points)}</Text>
    </View>
  )
}

/** The card before it is there. */
export function CheckInSkeleton() {
  return (
    <View className="check-in-card">
      <Skeleton width={132} height={20} />
      <View className="check-in-card__week">
        {words.weekdays.map((day) => (
          <Skeleton key={day} width={40} height={40} radius={20} />
        ))}
      </View>
      <Skeleton className="check-in-card__button" width="100%" height={48} radius={24} />
    </View>
  )
}
