import { type FormAnswer, isAnswered, problemOf, type Question } from '#shared/domain/task-forms'
import type { QuizQuestion } from './task.model'
import { invalidField } from './tasks.errors'

/** What was answered, question by question. @throws `request.invalid` naming the question that is not answered as it asks */
export function readAnswers(questions: readonly Question[], given: readonly FormAnswer[]): FormAnswer[] {
  const byId = new Map(given.map((answer) => [answer.questionId, answer]))
  const answers = questions.flatMap((question) => {
    const answer = byId.get(question.id)
    byId.delete(question.id)
    const problem = problemOf(question, answer)
    if (problem) throw invalidField(`answers.${question.id}`, `${question.title}：${problem}`)
    return isAnswered(answer) ? [answer] : []
  })
  if (byId.size > 0) throw invalidField('answers', '没有这一题')
  return answers
}

/** How many questions were answered with exactly what is right. */
export const countCorrect = (questions: readonly QuizQuestion[], answers: readonly FormAnswer[]): number =>
  questions.filter(({ id, rightIds }) => {
    const chosen = answers.find(({ questionId }) => questionId === id)?.choiceIds ?? []
    return chosen.length === rightIds.length && rightIds.every((right) => chosen.includes(right))
  }).length

/** Texts as WeChat takes them to be checked: joined, each part at most so long. */
export function joinTexts(texts: readonly string[], maxCharacters = 2_500): string[] {
  const parts: string[] = []
  for (const text of texts) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + 1 + text.length <= maxCharacters)
      parts[parts.length - 1] = `${last}\n${text}`
    else parts.push(text)
  }
  return parts
}
