import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { Glyph } from '../../../components/glyph/glyph'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton } from '../../../components/skeleton/skeleton'
import type { CheckIns } from '../../../features/check-ins/check-in.queries'
import { daysToBonus, type GridDay, monthAfter, monthGrid } from '../../../features/check-ins/month-grid'
import { useCheckIn } from '../../../features/check-ins/use-check-in'
import { useMe } from '../../../features/members/member.queries'
import { accountText } from '../../../platform/account-text'
import { businessDateOf, formatFullMonth } from '../../../platform/format'
import { api } from '../../../platform/request'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import './calendar.scss'

const words = accountText.calendar

/** A month of check-ins; this one without a name. What was on the screen stays until the next month is there. */
const useMonth = (month: string | undefined) => {
  const isSignedIn = useIsSignedIn()
  return useQuery({
    queryKey: ['member', 'check-ins', 'month', month ?? 'this'],
    queryFn: () => api('GET /api/member/check-ins', { query: { month } }),
    enabled: isSignedIn,
    placeholderData: keepPreviousData,
  })
}

function Streak({ calendar }: { calendar: CheckIns }) {
  const { today, nextBonus } = calendar
  const left = daysToBonus(calendar)
  const isWaiting = left === 0 && !today.isCheckedIn
  return (
    <View className="streak">
      <View className="streak__head">
        <Text className="streak__number" id="streak-days">
          {today.streakDays}
        </Text>
        <Text className="streak__unit">{words.days}</Text>
      </View>
      <Text className="streak__line">{today.streakDays > 0 ? words.running : words.notRunning}</Text>
      {nextBonus && left !== null ? (
        <View className="streak__next" id="next-bonus">
          <Glyph name="gift" size={18} tone="gold" />
          <Text className="streak__next-words">
            {isWaiting
              ? words.bonusToday(nextBonus.points)
              : words.bonusIn(left, nextBonus.streakDays, nextBonus.points)}
          </Text>
        </View>
      ) : null}
    </View>
  )
}

function Today({ calendar }: { calendar: CheckIns }) {
  const { today, tomorrow, nextBonus } = calendar
  const checkIn = useCheckIn()
  return (
    <View className="calendar-today">
      {today.isCheckedIn ? (
        <View className="calendar-today__done" id="check-in-done">
          <Glyph name="check" size={18} tone="accent" />
          <Text>{text.checkIn.done(today.points)}</Text>
        </View>
      ) : (
        <Button id="check-in" onPress={checkIn}>
          {text.checkIn.action(today.points)}
        </Button>
      )}
      {nextBonus?.businessDate === tomorrow.businessDate ? null : (
        <Text className="calendar-today__tomorrow">
          {text.checkIn.tomorrow(tomorrow.streakDays, tomorrow.points)}
        </Text>
      )}
    </View>
  )
}

const classOf = ({ state, isBonus, businessDate }: GridDay, today: string): string =>
  ['day', `day--${state}`, isBonus ? 'day--bonus' : '', businessDate === today ? 'day--is-today' : ''].join(
    ' ',
  )

function Day({ day, today }: { day: GridDay; today: string }) {
  const state = day.isBonus && day.state !== 'checked' ? words.bonusDay : text.checkIn.states[day.state]
  return (
    <View className={classOf(day, today)} aria-label={words.dayLabel(day.day, state)}>
      <View className="day__disc">
        {day.state === 'checked' ? (
          <Glyph name="check" size={16} tone={day.isBonus ? 'gold' : 'accent'} />
        ) : day.isBonus ? (
          <Glyph name="gift" size={16} tone="gold" />
        ) : (
          <Text>{day.day}</Text>
        )}
      </View>
      <Text className="day__points">{day.state === 'checked' ? text.checkIn.bonus(day.points) : ' '}</Text>
    </View>
  )
}

function Month({
  calendar,
  joinedOn,
  onTurn,
}: {
  calendar: CheckIns
  joinedOn: string
  onTurn: (month: string) => void
}) {
  const { month, days, today } = calendar
  const thisMonth = today.businessDate.slice(0, 7)
  const points = days.reduce((sum, day) => sum + day.points, 0)
  const isFirst = month <= joinedOn.slice(0, 7)
  const grid = monthGrid(calendar, joinedOn)
  return (
    <View className="month">
      <View className="month__head">
        <Pressable
          id="month-before"
          className="month__turn"
          label={words.before}
          disabled={isFirst}
          onPress={() => onTurn(monthAfter(month, -1))}
        >
          <Glyph name="chevron-left" size={20} tone={isFirst ? 'ink3' : 'ink'} />
        </Pressable>
        <View className="month__words">
          <Text className="month__name" id="month-name">
            {formatFullMonth(month)}
          </Text>
          <Text className="month__sum">{words.sum(days.length, points)}</Text>
        </View>
        <Pressable
          id="month-after"
          className="month__turn"
          label={words.after}
          disabled={month >= thisMonth}
          onPress={() => onTurn(monthAfter(month, 1))}
        >
          <Glyph name="chevron-right" size={20} tone={month >= thisMonth ? 'ink3' : 'ink'} />
        </Pressable>
      </View>
      <View className="month__grid">
        {text.checkIn.weekdays.map((name) => (
          <Text className="month__weekday" key={name}>
            {name}
          </Text>
        ))}
        {grid.map((day, index) =>
          day ? (
            <Day key={day.businessDate} day={day} today={today.businessDate} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is known by nothing else
            <View className="day" key={`empty-${index}`} />
          ),
        )}
      </View>
    </View>
  )
}

const skeleton = (
  <View className="calendar-skeleton">
    <Skeleton width="100%" height={120} radius={16} />
    <Skeleton width="100%" height={48} radius={24} />
    <Skeleton width="100%" height={372} radius={16} />
  </View>
)

function Calendar() {
  const [month, setMonth] = useState<string | undefined>(undefined)
  const query = useMonth(month)
  const me = useMe()
  const joinedAt = me.data?.member.joinedAt
  return (
    <QueryView query={query} skeleton={skeleton}>
      {(calendar) => (
        <>
          <Streak calendar={calendar} />
          <Today calendar={calendar} />
          <Month
            calendar={calendar}
            joinedOn={joinedAt ? businessDateOf(joinedAt) : calendar.today.businessDate}
            onTurn={setMonth}
          />
          <Text className="calendar-rule">{words.rule}</Text>
        </>
      )}
    </QueryView>
  )
}

export default function CheckInCalendarPage() {
  const isSignedIn = useIsSignedIn()
  return (
    <Page title={text.me.calendar}>
      {isSignedIn ? <Calendar /> : <SignInInvitation title={words.signIn} />}
    </Page>
  )
}
