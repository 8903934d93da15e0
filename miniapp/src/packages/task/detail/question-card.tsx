import { Text, Textarea, View } from '@tarojs/components'
import { type FormAnswer, ratingMax } from '#shared/domain/task-forms'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import type { TaskQuestion } from '../../../features/tasks/task.queries'
import { taskText } from '../../../platform/task-text'

const words = taskText.form

interface QuestionProps {
  question: TaskQuestion
  index: number
  answer?: FormAnswer | undefined
  /** Left out where it is only to be read. */
  onAnswer?: (answer: FormAnswer) => void
  problem?: string | null
}

const blank = (questionId: string): FormAnswer => ({ questionId, choiceIds: null, rating: null, text: null })

/** One question with its answer: whole rows to tap, within a thumb's reach. */
export function QuestionCard({ question, index, answer, onAnswer, problem = null }: QuestionProps) {
  const change = (fields: Partial<FormAnswer>) => onAnswer?.({ ...blank(question.id), ...fields })
  const hint =
    question.kind === 'multiple'
      ? words.choose(question.min, question.max)
      : question.isRequired
        ? null
        : words.optional
  return (
    <View className={`task-card question ${problem ? 'question--wrong' : ''}`} id={`question-${question.id}`}>
      <Text className="question__title">{`${index + 1}. ${question.title}`}</Text>
      {hint && onAnswer ? <Text className="question__hint">{hint}</Text> : null}
      {'choices' in question ? (
        <Choices question={question} chosen={answer?.choiceIds ?? []} onChange={onAnswer && change} />
      ) : null}
      {question.kind === 'rating' ? (
        <Stars
          id={question.id}
          title={question.title}
          rating={answer?.rating ?? 0}
          onRate={(rating) => change({ rating })}
        />
      ) : null}
      {question.kind === 'text' ? (
        <Words question={question} value={answer?.text ?? ''} onWrite={(text) => change({ text })} />
      ) : null}
      {problem ? <Text className="question__problem">{problem}</Text> : null}
    </View>
  )
}

type ChoiceQuestion = Extract<TaskQuestion, { kind: 'single' | 'multiple' }>

function Choices({
  question,
  chosen,
  onChange,
}: {
  question: ChoiceQuestion
  chosen: readonly string[]
  onChange: ((fields: Partial<FormAnswer>) => void) | undefined
}) {
  const isSingle = question.kind === 'single'
  const isFull = !isSingle && chosen.length >= question.max
  const choose = (id: string) => {
    if (isSingle) return onChange?.({ choiceIds: [id] })
    if (chosen.includes(id)) return onChange?.({ choiceIds: chosen.filter((other) => other !== id) })
    return isFull ? undefined : onChange?.({ choiceIds: [...chosen, id] })
  }
  return (
    <>
      {question.choices.map(({ id, label }) => {
        const isChosen = chosen.includes(id) || (question.rightIds?.includes(id) ?? false)
        const content = (
          <>
            <View className={`choice__mark ${isSingle ? '' : 'choice__mark--square'}`}>
              {isChosen ? <Glyph name="check" size={14} tone="onAccent" /> : null}
            </View>
            <Text className="choice__label">{label}</Text>
          </>
        )
        const name = `choice ${isChosen ? 'choice--chosen' : ''} ${isFull && !isChosen ? 'choice--off' : ''}`
        return onChange ? (
          <Pressable
            key={id}
            id={`choice-${question.id}-${id}`}
            className={name}
            role={isSingle ? 'radio' : 'checkbox'}
            selected={isChosen}
            onPress={() => choose(id)}
          >
            {content}
          </Pressable>
        ) : (
          <View className={name} key={id}>
            {content}
            {isChosen ? <Text className="choice__right">{words.right}</Text> : null}
          </View>
        )
      })}
    </>
  )
}

interface StarsProps {
  id: string
  title: string
  rating: number
  onRate: (rating: number) => void
}

function Stars({ id, title, rating, onRate }: StarsProps) {
  return (
    <View className="stars" role="radiogroup" aria-label={title}>
      {Array.from({ length: ratingMax }, (_, i) => i + 1).map((value) => (
        <Pressable
          key={value}
          id={`star-${id}-${value}`}
          className={`star ${value <= rating ? 'star--lit' : ''}`}
          role="radio"
          selected={value === rating}
          onPress={() => onRate(value)}
        >
          <Glyph name="star" size={26} tone={value <= rating ? 'gold' : 'ink3'} />
          <Text className="star__name">{words.rate(value)}</Text>
        </Pressable>
      ))}
    </View>
  )
}

function Words({
  question,
  value,
  onWrite,
}: {
  question: Extract<TaskQuestion, { kind: 'text' }>
  value: string
  onWrite: (text: string) => void
}) {
  return (
    <>
      <Textarea
        id={`text-${question.id}`}
        className="question__text"
        value={value}
        maxlength={question.maxCharacters}
        autoHeight
        placeholder={words.placeholder}
        aria-label={question.title}
        onInput={(event) => onWrite(event.detail.value)}
      />
      <Text className="question__count">{words.count(value.length, question.maxCharacters)}</Text>
    </>
  )
}
