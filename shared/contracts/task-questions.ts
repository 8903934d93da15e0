import { z } from 'zod'
import { limits } from '../domain/limits'
import { ratingMax } from '../domain/task-forms'
import { text } from './contract'

export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/, '编号用小写字母、数字和连字符')
export const choiceIds = z.array(slug).max(limits.choicesPerQuestion)
const choices = z
  .array(z.strictObject({ id: slug, label: text(60) }))
  .min(2)
  .max(limits.choicesPerQuestion)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, '选项编号不能重复')
const asked = { id: slug, title: text(100), isRequired: z.boolean().default(true) }
const choiceCount = z.int().min(1).max(limits.choicesPerQuestion)

export const single = z.strictObject({ kind: z.literal('single'), ...asked, choices })
export const multiple = z.strictObject({
  kind: z.literal('multiple'),
  ...asked,
  choices,
  min: choiceCount.default(1),
  max: choiceCount,
})
export const rating = z
  .strictObject({ kind: z.literal('rating'), ...asked })
  .describe(`打 1 到 ${ratingMax} 分`)
export const words = z.strictObject({
  kind: z.literal('text'),
  ...asked,
  maxCharacters: z.int().min(1).max(limits.answerCharacters).default(200),
})

type Asked = { id: string; kind: string; min?: number; max?: number; choices?: { id: string }[] }
const haveOwnIds = (all: Asked[]) => new Set(all.map(({ id }) => id)).size === all.length
const canBeChosen = (all: Asked[]) =>
  all.every(({ min = 1, max = 1, choices: some }) => min <= max && (!some || max <= some.length))

export const formOf = <T extends z.ZodType<Asked>>(question: T) =>
  z
    .array(question)
    .min(1)
    .max(limits.questionsPerTask)
    .refine(haveOwnIds, '题目编号不能重复')
    .refine(canBeChosen, '选几个要在选项个数以内')

export const surveyQuestion = z.discriminatedUnion('kind', [single, multiple, rating, words])
const right = { rightIds: choiceIds.min(1).describe('正确答案；通过以前不会给会员') }
export const quizQuestion = z
  .discriminatedUnion('kind', [single.extend(right), multiple.extend(right)])
  .refine(
    ({ rightIds, choices: some }) => rightIds.every((id) => some.some((choice) => choice.id === id)),
    '正确答案要在选项里',
  )
  .refine(
    (question) =>
      new Set(question.rightIds).size === question.rightIds.length &&
      (question.kind === 'single'
        ? question.rightIds.length === 1
        : question.rightIds.length >= question.min && question.rightIds.length <= question.max),
    '正确答案的个数要选得出来',
  )
