import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import type { CheckIns } from '../../../features/check-ins/check-in.queries'
import { type GridDay, monthAfter, monthGrid } from '../../../features/check-ins/month-grid'
import { accountText } from '../../../platform/account-text'
import { formatFullMonth, formatPoints } from '../../../platform/format'
import { text } from '../../../platform/text'

const words = accountText.calendar

const classOf = ({ state, isBonus, canMakeUp, businessDate }: GridDay, today: string): string =>
  [
    'day',
    `day--${state}`,
    isBonus ? 'day--bonus' : '',
    canMakeUp ? 'day--make-up' : '',
    businessDate === today ? 'day--is-today' : '',
  ].join(' ')

function labelOf({ day, state, isBonus, canMakeUp, isMadeUp }: GridDay): string {
  if (canMakeUp) return words.makeUpDay(day)
  if (isMadeUp) return words.dayLabel(day, words.madeUp)
  return words.dayLabel(day, isBonus && state !== 'checked' ? words.bonusDay : text.checkIn.states[state])
}

/** What stands under a day: what it brought, that it was made up, or that it can be. */
function footOf({ state, points, canMakeUp, isMadeUp }: GridDay): string {
  if (canMakeUp) return words.makeUpMark
  if (isMadeUp && points === 0) return words.madeUp
  return state === 'checked' ? text.checkIn.bonus(points) : ' '
}

function Face({ day }: { day: GridDay }): ReactNode {
  return (
    <>
      <View className="day__disc">
        {day.state === 'checked' ? (
          <Glyph name="check" size={16} tone={day.isBonus ? 'gold' : 'accent'} />
        ) : day.isBonus ? (
          <Glyph name="gift" size={16} tone="gold" />
        ) : (
          <Text>{day.day}</Text>
        )}
      </View>
      <Text className="day__points">{footOf(day)}</Text>
    </>
  )
}

interface DayProps {
  day: GridDay
  today: string
  onMakeUp: (businessDate: string) => void
}

function Day({ day, today, onMakeUp }: DayProps) {
  const { businessDate, canMakeUp } = day
  if (canMakeUp)
    return (
      <Pressable
        id={`make-up-${businessDate}`}
        className={classOf(day, today)}
        label={labelOf(day)}
        onPress={() => onMakeUp(businessDate)}
      >
        <Face day={day} />
      </Pressable>
    )
  return (
    <View className={classOf(day, today)} aria-label={labelOf(day)}>
      <Face day={day} />
    </View>
  )
}

function Turn({
  id,
  label,
  isLast,
  onPress,
}: {
  id: 'month-before' | 'month-after'
  label: string
  isLast: boolean
  onPress: () => void
}) {
  const icon = id === 'month-before' ? 'chevron-left' : 'chevron-right'
  return (
    <Pressable id={id} className="month__turn" label={label} disabled={isLast} onPress={onPress}>
      <Glyph name={icon} size={20} tone={isLast ? 'ink3' : 'ink'} />
    </Pressable>
  )
}

/** How a day is made up, and how often it still can be; nothing where there is nothing to make up. */
function MakeUps({ makeUp: { dates, price, left, monthLimit, daysBack, cards } }: CheckIns) {
  if (monthLimit === 0 || daysBack === 0 || (dates.length === 0 && cards === 0)) return null
  const cost = price.with === 'card' ? words.priceCard : words.pricePoints(formatPoints(price.points))
  const hint = dates.length > 0 ? words.makeUpHint(left, cost) : words.makeUpNothing
  return (
    <View className="make-ups" id="make-ups">
      <Glyph name="ticket" size={18} tone="accent" />
      <Text className="make-ups__words">{left === 0 ? words.makeUpNone : hint}</Text>
      {cards > 0 ? <Text className="make-ups__cards">{words.cards(cards)}</Text> : null}
    </View>
  )
}

export interface MonthProps {
  calendar: CheckIns
  joinedOn: string
  onTurn: (month: string) => void
  onMakeUp: (businessDate: string) => void
}

/** A month of days; those that can be made up are tapped. */
export function Month({ calendar, joinedOn, onTurn, onMakeUp }: MonthProps) {
  const { month, days, today } = calendar
  const points = days.reduce((sum, day) => sum + day.points, 0)
  return (
    <View className="month">
      <View className="month__head">
        <Turn
          id="month-before"
          label={words.before}
          isLast={month <= joinedOn.slice(0, 7)}
          onPress={() => onTurn(monthAfter(month, -1))}
        />
        <View className="month__words">
          <Text className="month__name" id="month-name">
            {formatFullMonth(month)}
          </Text>
          <Text className="month__sum">{words.sum(days.length, points)}</Text>
        </View>
        <Turn
          id="month-after"
          label={words.after}
          isLast={month >= today.businessDate.slice(0, 7)}
          onPress={() => onTurn(monthAfter(month, 1))}
        />
      </View>
      <View className="month__grid">
        {text.checkIn.weekdays.map((name) => (
          <Text className="month__weekday" key={name}>
            {name}
          </Text>
        ))}
        {monthGrid(calendar, joinedOn).map((day, index) =>
          day ? (
            <Day key={day.businessDate} day={day} today={today.businessDate} onMakeUp={onMakeUp} />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is known by nothing else
            <View className="day" key={`empty-${index}`} />
          ),
        )}
      </View>
      <MakeUps {...calendar} />
    </View>
  )
}
