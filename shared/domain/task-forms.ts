/** Forms of tasks 问卷 / 测验: the one rule of what answers a question, for the BFF and the mini program. */

interface QuestionBase {
  id: string
  title: string
  isRequired: boolean
}
export interface Choice {
  id: string
  label: string
}
export type Question = QuestionBase &
  (
    | { kind: 'single'; choices: Choice[] }
    | { kind: 'multiple'; choices: Choice[]; min: number; max: number }
    | { kind: 'rating' }
    | { kind: 'text'; maxCharacters: number }
  )

/** What a member says to one question; what its kind does not take is null. */
export interface FormAnswer {
  questionId: string
  choiceIds: string[] | null
  rating: number | null
  text: string | null
}

export const ratingMax = 5

/** Whether anything was said at all. */
export const isAnswered = (answer: FormAnswer | undefined): answer is FormAnswer =>
  answer !== undefined &&
  ((answer.choiceIds?.length ?? 0) > 0 || answer.rating !== null || (answer.text ?? '').trim() !== '')

/** What is wrong with an answer, for the member; null when it can be handed in. */
export function problemOf(question: Question, answer: FormAnswer | undefined): string | null {
  if (!isAnswered(answer)) return question.isRequired ? '这一题还没有答' : null
  switch (question.kind) {
    case 'single':
      return hasOther(answer, 'choiceIds') || !areChoices(question.choices, answer.choiceIds, 1, 1)
        ? '请选一个答案'
        : null
    case 'multiple': {
      const { choices, min, max } = question
      if (!hasOther(answer, 'choiceIds') && areChoices(choices, answer.choiceIds, min, max)) return null
      return min === max ? `请选 ${min} 个答案` : `请选 ${min} 到 ${max} 个答案`
    }
    case 'rating': {
      const { rating } = answer
      const fits = Number.isInteger(rating) && Number(rating) >= 1 && Number(rating) <= ratingMax
      return hasOther(answer, 'rating') || !fits ? `请打 1 到 ${ratingMax} 分` : null
    }
    case 'text':
      return hasOther(answer, 'text') || (answer.text ?? '').trim().length > question.maxCharacters
        ? `最多写 ${question.maxCharacters} 个字`
        : null
  }
}

const fields = ['choiceIds', 'rating', 'text'] as const

const hasOther = (answer: FormAnswer, own: (typeof fields)[number]): boolean =>
  fields.some((field) => field !== own && answer[field] !== null)

function areChoices(choices: readonly Choice[], ids: readonly string[] | null, min: number, max: number) {
  const chosen = new Set(ids ?? [])
  const count = ids?.length ?? 0
  return (
    chosen.size === count &&
    count >= min &&
    count <= max &&
    [...chosen].every((id) => choices.some((choice) => choice.id === id))
  )
}
