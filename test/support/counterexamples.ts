import { limits } from '#shared/domain/limits'

// biome-ignore lint/suspicious/noExplicitAny: the sample is of the shape that the refinement is for
type Sample = any

/** By the message of a contract's refinement: a value that only it refuses, made from one that passes. */
export const counterexamples: Record<string, (sample: Sample) => unknown> = {
  行标识不能重复: ([line]) => [line, line],
  金额太大了: ([line]) => ['1', '2'].map((lineId) => ({ ...line, lineId, paidFen: limits.moneyMaxFen })),
  昵称里有看不见的字符: () => '小\u200b满',
  至少写一项要改的: () => ({}),
  'importId 和 codes 写一项': ({ reason }) => ({ reason }),
  '调整数不能是 0': () => 0,
  '变动数不能是 0': () => 0,
  收回时要写负数: (adjustment) => ({ ...adjustment, change: 5, reversesEntryId: 'some-entry' }),
  '写了保底日期，也要写等级': () => ({ tierUntil: '2099-01-01' }),
  权限不能重复: ([scope]) => [scope, scope],
  及格题数不能多于题目: (quiz) => ({ ...quiz, passCount: limits.questionsPerTask }),
  选项编号不能重复: ([choice]) => [choice, choice],
  题目编号不能重复: ([question]) => [question, question],
  选几个要在选项个数以内: ([question]) => [{ ...question, kind: 'multiple', min: 1, max: 9 }],
  正确答案要在选项里: (question) => ({ ...question, rightIds: ['no-such-choice'] }),
  正确答案的个数要选得出来: (question) => ({
    ...question,
    rightIds: question.choices.map(({ id }: { id: string }) => id),
  }),
  一题只能答一次: ([answer]) => [answer, answer],
}
