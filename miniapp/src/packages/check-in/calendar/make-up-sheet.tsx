import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { Sheet } from '../../../components/sheet/sheet'
import type { CheckIns } from '../../../features/check-ins/check-in.queries'
import { type MadeUp, useMakeUp } from '../../../features/check-ins/use-make-up'
import { usePoints } from '../../../features/points/points.queries'
import { accountText } from '../../../platform/account-text'
import { messageOf } from '../../../platform/api-error'
import { formatBusinessDate, formatPoints } from '../../../platform/format'

const words = accountText.calendar.makeUp

function Row({ name, value, id }: { name: string; value: string; id: string }) {
  return (
    <View className="make-up__row">
      <Text className="make-up__name">{name}</Text>
      <Text className="make-up__value" id={id}>
        {value}
      </Text>
    </View>
  )
}

interface FormProps {
  date: string
  shown: CheckIns['makeUp']
  onDone: (madeUp: MadeUp) => void
}

function MakeUpForm({ date, shown: { price, cards, left }, onDone }: FormProps) {
  const { makeUp, isPending, error, undecided } = useMakeUp(onDone)
  const available = usePoints().data?.available
  const sent = undecided ?? { businessDate: date, price }
  const byCard = sent.price.with === 'card'
  const points = sent.price.with === 'points' ? sent.price.points : 0
  const missing = available === undefined ? 0 : Math.max(0, points - available)
  const label = byCard
    ? words.withCard
    : missing > 0
      ? words.missing(formatPoints(missing))
      : words.withPoints(formatPoints(points))
  return (
    <View className="make-up">
      <Row
        id="make-up-price"
        name={words.price}
        value={byCard ? words.card : words.points(formatPoints(points))}
      />
      {byCard ? (
        <Row id="make-up-after" name={words.after} value={words.cardsAfter(Math.max(0, cards - 1))} />
      ) : available === undefined || missing > 0 ? null : (
        <Row
          id="make-up-after"
          name={words.after}
          value={words.pointsAfter(formatPoints(available - points))}
        />
      )}
      <Row id="make-up-left" name={words.leftAfter} value={words.times(Math.max(0, left - 1))} />
      <Text className="make-up__note">{words.note}</Text>
      {error && !isPending ? (
        <Notice id="make-up-error">{undecided ? words.undecided : messageOf(error)}</Notice>
      ) : null}
      <Button
        id="make-up-confirm"
        className="make-up__button"
        busy={isPending}
        disabled={missing > 0 && !undecided}
        onPress={() => makeUp(sent)}
      >
        {label}
      </Button>
    </View>
  )
}

export interface MakeUpSheetProps {
  /** The day to make up; null closes it. */
  date: string | null
  makeUp: CheckIns['makeUp']
  onDone: (madeUp: MadeUp) => void
  onClose: () => void
}

/** What making up a day costs and leaves, and one button. */
export function MakeUpSheet({ date, makeUp, onDone, onClose }: MakeUpSheetProps) {
  if (date === null) return null
  return (
    <Sheet isOpen onClose={onClose} title={words.title(formatBusinessDate(date))} id="make-up-sheet">
      <MakeUpForm key={date} date={date} shown={makeUp} onDone={onDone} />
    </Sheet>
  )
}
