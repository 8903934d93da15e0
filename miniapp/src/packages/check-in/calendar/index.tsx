import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { Glyph } from '../../../components/glyph/glyph'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton } from '../../../components/skeleton/skeleton'
import type { CheckIns } from '../../../features/check-ins/check-in.queries'
import { type CheckInResult, useCheckIn } from '../../../features/check-ins/use-check-in'
import type { MadeUp } from '../../../features/check-ins/use-make-up'
import { useMe } from '../../../features/members/member.queries'
import { accountText } from '../../../platform/account-text'
import { businessDateOf, formatBusinessDate } from '../../../platform/format'
import { api } from '../../../platform/request'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { MakeUpSheet } from './make-up-sheet'
import { Month } from './month'
import { type Outcome, ReachedSheet } from './reached-sheet'
import { Reminder } from './reminder'
import { Streak } from './streak'
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

function Today({
  calendar: { today, tomorrow },
  onReached,
}: {
  calendar: CheckIns
  onReached: (outcome: Outcome) => void
}) {
  const checkIn = useCheckIn(({ streakDays, reached, points }: CheckInResult) =>
    onReached({ title: text.checkIn.gained(points), streakDays, reached }),
  )
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
      <Text className="calendar-today__tomorrow">
        {text.checkIn.tomorrow(tomorrow.streakDays, tomorrow.points)}
      </Text>
    </View>
  )
}

const skeleton = (
  <View className="calendar-skeleton">
    <Skeleton width="100%" height={208} radius={16} />
    <Skeleton width="100%" height={48} radius={24} />
    <Skeleton width="100%" height={372} radius={16} />
  </View>
)

function Calendar() {
  const [month, setMonth] = useState<string | undefined>(undefined)
  const [chosen, setChosen] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const query = useMonth(month)
  const joinedAt = useMe().data?.member.joinedAt
  const showMadeUp = ({ businessDate, streakDays, reached }: MadeUp) => {
    setChosen(null)
    setOutcome({ title: words.makeUp.done(formatBusinessDate(businessDate)), streakDays, reached })
  }
  return (
    <QueryView query={query} skeleton={skeleton}>
      {(calendar) => (
        <>
          <Streak calendar={calendar} />
          <Today calendar={calendar} onReached={setOutcome} />
          <Month
            calendar={calendar}
            joinedOn={joinedAt ? businessDateOf(joinedAt) : calendar.today.businessDate}
            onTurn={setMonth}
            onMakeUp={setChosen}
          />
          <Text className="calendar-rule">{words.rule}</Text>
          <Reminder reminder={calendar.reminder} />
          <MakeUpSheet
            date={chosen}
            makeUp={calendar.makeUp}
            onDone={showMadeUp}
            onClose={() => setChosen(null)}
          />
          <ReachedSheet outcome={outcome} onClose={() => setOutcome(null)} />
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
