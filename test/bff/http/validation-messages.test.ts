import { z } from 'zod'
import '#bff/http/validation-messages'

const kinds = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('card') }),
  z.object({ kind: z.literal('points') }),
])
const person = z.union([
  z.strictObject({ id: z.string(), note: z.string() }),
  z.strictObject({ phone: z.string().regex(/^1/, '手机号有误') }),
])

type Case = [schema: z.ZodType, value: unknown, sentence: string]
/** By the kind of issue: the compiler asks for a new one here, as it does where the sentences are made. */
const cases: Record<z.core.$ZodIssue['code'], Case[]> = {
  invalid_type: [
    [z.object({ name: z.string() }), {}, '缺少 name'],
    [z.object({ name: z.string() }), { name: 1 }, 'name 应为文字'],
    [z.object({ name: z.string() }), { name: null }, 'name 应为文字'],
    [z.object({ on: z.boolean() }), { on: 'true' }, 'on 应为 true 或 false'],
    [z.object({ n: z.int() }), { n: 1.5 }, 'n 应为整数'],
    [z.object({ n: z.coerce.number() }), { n: 'x' }, 'n 应为数字'],
    [z.object({ items: z.array(z.string()) }), { items: {} }, 'items 应为列表'],
    [z.object({ items: z.array(z.object({ n: z.int() })) }), { items: [{}] }, '缺少 items 第 1 项的 n'],
    [z.object({ counts: z.record(z.string(), z.int()) }), { counts: 1 }, 'counts 应为对象'],
    [z.object({}), [], '提交的内容应为对象'],
    [z.object({}), undefined, '缺少提交的内容'],
    [z.object({ at: z.instanceof(Date) }), { at: 1 }, 'at 应为另一种类型'],
  ],
  invalid_value: [
    [z.object({ sort: z.enum(['new', 'hot']) }), { sort: 'old' }, 'sort 只能是 new、hot'],
    [z.object({ sort: z.enum(['new', 'hot']) }), {}, '缺少 sort'],
    [z.object({ days: z.literal([7, 30]) }), { days: 8 }, 'days 只能是 7、30'],
  ],
  too_small: [
    [z.object({ name: z.string().min(1) }), { name: '' }, 'name 不能为空'],
    [z.object({ name: z.string().min(2) }), { name: 'a' }, 'name 至少 2 个字'],
    [z.object({ items: z.array(z.int()).min(1) }), { items: [] }, 'items 不能为空'],
    [z.object({ n: z.int().min(1) }), { n: 0 }, 'n 最小是 1'],
    [z.object({ n: z.number().gt(1) }), { n: 1 }, 'n 要大于 1'],
  ],
  too_big: [
    [z.object({ name: z.string().max(2) }), { name: 'abc' }, 'name 最多 2 个字'],
    [z.object({ code: z.string().length(2) }), { code: 'abc' }, 'code 要正好 2 个字'],
    [z.object({ items: z.array(z.int()).max(1) }), { items: [1, 2] }, 'items 最多 1 项'],
    [z.object({ n: z.int().max(9) }), { n: 10 }, 'n 最大是 9'],
    [z.object({ n: z.number().lt(9) }), { n: 9 }, 'n 要小于 9'],
  ],
  invalid_format: [
    [z.object({ at: z.iso.datetime() }), { at: 'x' }, 'at 要写成 2026-05-20T02:30:00Z 这样的时间'],
    [z.object({ on: z.iso.date() }), { on: 'x' }, 'on 要写成 2026-05-20 这样的日期'],
    [z.object({ id: z.string().regex(/^a/) }), { id: 'b' }, 'id 的格式不对'],
    [z.object({ id: z.string().regex(/^a/, '编号以 a 开头') }), { id: 'b' }, '编号以 a 开头'],
  ],
  not_multiple_of: [[z.object({ n: z.int().multipleOf(5) }), { n: 9 }, 'n 应为 5 的倍数']],
  unrecognized_keys: [
    [z.strictObject({}), { a: 1, b: 2 }, '有不认识的字段：a、b'],
    [z.object({ inner: z.strictObject({}) }), { inner: { a: 1 } }, 'inner 里有不认识的字段：a'],
  ],
  invalid_union: [
    [z.object({ price: kinds }), { price: { kind: 'gold' } }, 'price 的 kind 只能是 card、points'],
    [z.object({ price: kinds }), { price: {} }, '缺少 price 的 kind'],
    [z.object({ member: person }), { member: { phone: 1 } }, 'phone 应为文字'],
  ],
  invalid_key: [
    [
      z.object({ counts: z.record(z.string().regex(/^a/), z.int()) }),
      { counts: { b: 1 } },
      'counts 的 b 不是允许的名称',
    ],
  ],
  invalid_element: [
    [z.object({ all: z.map(z.unknown(), z.int()) }), { all: new Map([[{}, 'x']]) }, 'all 里有一项不对'],
  ],
  custom: [
    [z.object({ n: z.custom(() => false) }), { n: 1 }, 'n 有误'],
    [z.object({ n: z.int().refine((n) => n !== 0, '不能是 0') }), { n: 0 }, '不能是 0'],
  ],
}

const table = Object.entries(cases).flatMap(([kind, some]) => some.map((one) => [kind, ...one] as const))

test.each(table)('%s of case %#', (kind, schema, value, sentence) => {
  const { error } = schema.safeParse(value)
  expect(error?.issues[0]).toMatchObject({ message: sentence })
  expect(error?.issues[0]?.code).toBe(kind)
})

test('what a client sent comes back in the sentence only in part', () => {
  const keys = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}`.padEnd(500, 'x'), 1]))
  expect(z.strictObject({}).safeParse(keys).error?.issues[0]?.message.length).toBeLessThan(600)
  const long = z
    .object({ field: z.record(z.string(), z.int()) })
    .safeParse({ field: { ['k'.repeat(9_999)]: 'x' } })
  expect(long.error?.issues[0]?.message.length).toBeLessThan(100)
})
