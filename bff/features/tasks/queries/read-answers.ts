import type { z } from 'zod'
import type * as contracts from '#shared/contracts/task-reviews'
import { type Question, ratingMax } from '#shared/domain/task-forms'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import { notFound } from '../../../kernel/errors'
import { type CsvFile, csvFile } from '../../../platform/csv-file'
import { eachRow } from '../../../platform/mongo/each-row'
import { findTask } from '../commands/save-task'
import { TaskVersionModel, versionIdOf } from '../task.model'
import { type TaskAnswer, TaskAnswerModel } from '../task-answer.model'

type Tallies = z.input<typeof contracts.tallyTaskAnswers.response>

export async function listAnswers(
  taskId: string,
  { cursor, limit, version }: z.output<typeof contracts.listTaskAnswers.query>,
): Promise<z.input<typeof contracts.listTaskAnswers.response>> {
  const before = cursor ? { _id: { $lt: decodeCursor(cursor, ['string'])[0] } } : {}
  await findTask(taskId)
  const rows = await TaskAnswerModel.find({
    taskId,
    ...(version ? { version } : {}),
    ...before,
  })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean()
  const { items, nextCursor } = toPage(rows, limit, (row) => [row._id])
  return {
    nextCursor,
    items: items.map(({ _id, memberId, version: answered, answers, texts, createdAt }) => ({
      id: _id,
      memberId,
      version: answered,
      answers: answers.map((answer) => ({ ...answer, text: textOf(texts, answer.questionId) })),
      createdAt: createdAt.toISOString(),
    })),
  }
}

const textOf = (texts: TaskAnswer['texts'], questionId: string): string | null =>
  texts.find((text) => text.questionId === questionId)?.text ?? null

/** The questions of a survey's version. @throws `resource.not_found` for no survey, or no such version */
async function findQuestions(taskId: string, version: number | undefined) {
  const task = await findTask(taskId)
  const wanted = version ?? task.version
  const found = await TaskVersionModel.findById(versionIdOf(taskId, wanted)).lean()
  if (found?.terms.content.kind !== 'survey') throw notFound('没有这份问卷')
  return { name: found.terms.name, version: wanted, questions: found.terms.content.questions }
}

/** What was answered how often, counted by the database. */
export async function tallyAnswers(taskId: string, version: number | undefined): Promise<Tallies> {
  const survey = await findQuestions(taskId, version)
  const ofVersion = { taskId, version: survey.version }
  const answered = await TaskAnswerModel.aggregate<{ _id: string; count: number }>([
    { $match: ofVersion },
    { $unwind: '$answers' },
    { $group: { _id: '$answers.questionId', count: { $sum: 1 } } },
  ])
  const chosen = await TaskAnswerModel.aggregate<{ _id: { q: string; v: string }; count: number }>([
    { $match: ofVersion },
    { $unwind: '$answers' },
    { $unwind: '$answers.choiceIds' },
    { $group: { _id: { q: '$answers.questionId', v: '$answers.choiceIds' }, count: { $sum: 1 } } },
  ])
  const rated = await TaskAnswerModel.aggregate<{ _id: { q: string; v: number }; count: number }>([
    { $match: ofVersion },
    { $unwind: '$answers' },
    { $match: { 'answers.rating': { $ne: null } } },
    { $group: { _id: { q: '$answers.questionId', v: '$answers.rating' }, count: { $sum: 1 } } },
  ])
  const counts = new Map([...chosen, ...rated].map(({ _id, count }) => [`${_id.q} ${_id.v}`, count]))
  const countOf = (questionId: string, value: string) => counts.get(`${questionId} ${value}`) ?? 0
  return {
    version: survey.version,
    answerCount: await TaskAnswerModel.countDocuments(ofVersion),
    questions: survey.questions.map((question) => {
      const options = optionsOf(question).map((option) => ({
        ...option,
        count: countOf(question.id, option.id),
      }))
      return {
        id: question.id,
        title: question.title,
        kind: question.kind,
        answered: answered.find(({ _id }) => _id === question.id)?.count ?? 0,
        counts: options,
        averageRating: question.kind === 'rating' ? averageOf(options) : null,
      }
    }),
  }
}

function optionsOf(question: Question): { id: string; label: string }[] {
  if ('choices' in question) return question.choices
  if (question.kind === 'text') return []
  return Array.from({ length: ratingMax }, (_, i) => ({ id: String(i + 1), label: `${i + 1} 分` }))
}

function averageOf(options: readonly { id: string; count: number }[]): number | null {
  const total = options.reduce((sum, { count }) => sum + count, 0)
  const points = options.reduce((sum, { id, count }) => sum + Number(id) * count, 0)
  return total === 0 ? null : Math.round((points / total) * 100) / 100
}

/** All answers to one version, a row each. Memory stays flat, however many there are. */
export async function exportAnswers(taskId: string, version: number | undefined): Promise<CsvFile> {
  const { name, version: answered, questions } = await findQuestions(taskId, version)
  const headings = ['提交时间', '会员', ...questions.map(({ title }, i) => `${i + 1}. ${title}`)]
  return csvFile(`${name}-${answered}.csv`, headings, exportRows(taskId, answered, questions))
}

async function* exportRows(
  taskId: string,
  version: number,
  questions: readonly Question[],
): AsyncGenerator<(string | number | null)[]> {
  const rows = TaskAnswerModel.find({ taskId, version }).sort({ _id: 1 }).lean().cursor({ batchSize: 1_000 })
  for await (const { createdAt, memberId, answers, texts } of eachRow(rows)) {
    yield [
      createdAt.toISOString(),
      memberId,
      ...questions.map((question) => {
        const answer = answers.find(({ questionId }) => questionId === question.id)
        const labels = optionsOf(question).filter(({ id }) => answer?.choiceIds?.includes(id))
        return (
          textOf(texts, question.id) ??
          answer?.rating ??
          (labels.map(({ label }) => label).join('；') || null)
        )
      }),
    ]
  }
}
