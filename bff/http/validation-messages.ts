import { z } from 'zod'

/**
 * What is wrong with a field, as a Chinese sentence that names it. A contract's own message, where it has one, is taken
 * before these.
 */
const describeIssue: z.core.$ZodErrorMap = (issue) =>
  // Chinese and Latin letters stand apart, whatever field the sentence names.
  sentenceOf(issue, nameOf(issue.path ?? []))
    .replace(/([一-鿿])([\w-])/g, '$1 $2')
    .replace(/([\w-])([一-鿿])/g, '$1 $2')

function sentenceOf(issue: z.core.$ZodRawIssue, field: string): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `缺少${field}`
      return `${field}应为${typeNames[issue.expected] ?? '另一种类型'}`
    case 'too_small':
      return describeSize(issue, field, issue.minimum, 'least')
    case 'too_big':
      return describeSize(issue, field, issue.maximum, 'most')
    case 'invalid_format':
      return `${field}${formats[issue.format] ?? '的格式不对'}`
    case 'invalid_value':
      if (issue.input === undefined) return `缺少${field}`
      return `${field}只能是${listOf(issue.values)}`
    case 'not_multiple_of':
      return `${field}应为 ${issue.divisor} 的倍数`
    case 'unrecognized_keys':
      return `${issue.path?.length ? `${field}里` : ''}有不认识的字段：${listOf(issue.keys)}`
    case 'invalid_union':
      return describeUnion(issue, field)
    case 'invalid_key':
      return `${field}不是允许的名称`
    case 'invalid_element':
      return `${field}里有一项不对`
    case 'custom':
      return `${field}有误`
  }
}

const typeNames: Partial<Record<z.core.$ZodIssueInvalidType['expected'], string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  tuple: '列表',
  object: '对象',
  record: '对象',
  null: '空值',
  date: '日期',
}

const formats: Partial<Record<string, string>> = {
  datetime: '要写成 2026-05-20T02:30:00Z 这样的时间',
  date: '要写成 2026-05-20 这样的日期',
}

type SizeIssue = z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall> | z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>
const units: Partial<Record<string, string>> = { string: '个字', array: '项', tuple: '项' }

function describeSize(
  { origin, exact, inclusive }: SizeIssue,
  field: string,
  bound: number | bigint,
  side: 'least' | 'most',
): string {
  const unit = units[origin]
  if (unit && exact) return `${field}要正好 ${bound} ${unit}`
  if (unit && side === 'least' && bound === 1) return `${field}不能为空`
  if (unit) return `${field}${side === 'least' ? '至少' : '最多'} ${bound} ${unit}`
  if (inclusive === false) return `${field}要${side === 'least' ? '大于' : '小于'} ${bound}`
  return `${field}${side === 'least' ? '最小' : '最大'}是 ${bound}`
}

/** The trouble with the form that comes nearest: the one with the fewest things wrong. */
function describeUnion(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>, field: string): string {
  if (issue.errors.length === 0) {
    const { discriminator, input } = issue as { discriminator?: string; input?: Record<string, unknown> }
    if (discriminator && input?.[discriminator] === undefined) return `缺少${field}`
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : []
    return options.length > 0 ? `${field}只能是${listOf(options)}` : `${field}不是允许的值`
  }
  const fewest = Math.min(...issue.errors.map(({ length }) => length))
  return issue.errors.find(({ length }) => length === fewest)?.[0]?.message ?? `${field}有误`
}

/** Keys and values of a client's come back in the answer: some of them, and not for ever long. */
const listOf = (values: readonly unknown[]): string =>
  `${values
    .slice(0, 12)
    .map((value) => String(value).slice(0, 40))
    .join('、')}${values.length > 12 ? ' 等' : ''}`

/** `items.0.quantity` as people would say it: "items 第 1 项的 quantity". */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '提交的内容'
  const parts = path.map((part, index) => {
    if (typeof part === 'number') return `第 ${part + 1} 项`
    return `${index > 0 ? '的' : ''}${String(part).slice(0, 40)}`
  })
  return parts.join('')
}

z.config({ localeError: describeIssue })
