import type { z } from 'zod'
import type { createTask } from '#shared/contracts/tasks'

type TaskInput = z.input<typeof createTask.body>

const choices = (...labels: string[]) => labels.map((label, i) => ({ id: `c${i + 1}`, label }))

/** One task of each kind, and one that is not for everybody. */
export const tasks = {
  profile: {
    name: '完善资料',
    description: '起个好记的昵称，填上生日，生日月有惊喜',
    content: { kind: 'profile', fields: ['nick', 'avatar', 'birthday'] },
    schedule: { kind: 'newcomer', days: 30 },
    rewardPoints: 20,
  },
  follow: {
    name: '关注公众号',
    description: '上新、限时价和门店活动，第一时间知道',
    content: { kind: 'follow' },
    schedule: { kind: 'once' },
    rewardPoints: 50,
  },
  survey: {
    name: '聊聊你常来的门店',
    description: '四个小问题，一分钟，帮我们把店开得更好',
    content: {
      kind: 'survey',
      questions: [
        {
          kind: 'single',
          id: 'shop',
          title: '你最常去哪家店？',
          choices: choices('静安店', '徐汇店', '浦东店', '都去'),
        },
        {
          kind: 'multiple',
          id: 'wishes',
          title: '希望多换到哪些礼品？',
          choices: choices('餐厨茶具', '家居香氛', '数码小物', '图书文具', '吃的喝的'),
          max: 3,
        },
        { kind: 'rating', id: 'service', title: '给最近一次到店打几分？' },
        { kind: 'text', id: 'words', title: '还有什么想对我们说的？', isRequired: false, maxCharacters: 200 },
      ],
    },
    schedule: { kind: 'once' },
    rewardPoints: 30,
    budget: 30_000,
  },
  quiz: {
    name: '积分小测验',
    description: '答对就得积分，每天一次',
    content: {
      kind: 'quiz',
      questions: [
        {
          kind: 'single',
          id: 'streak',
          title: '连续签到几天，有额外奖励？',
          choices: choices('3 天', '7 天', '30 天'),
          rightIds: ['c2'],
        },
        {
          kind: 'multiple',
          id: 'ways',
          title: '哪些方式可以得积分？',
          choices: choices('每天签到', '到店消费', '把礼品退回', '邀请朋友加入'),
          min: 1,
          max: 4,
          rightIds: ['c1', 'c2', 'c4'],
        },
      ],
      passCount: 2,
      triesPerDay: 3,
    },
    schedule: { kind: 'daily' },
    rewardPoints: 5,
  },
  proof: {
    name: '晒晒换到的好物',
    description: '拍下你换到的礼品在家的样子',
    content: { kind: 'proof', instructions: '礼品要拍清楚，一到三张；有家里的一角更好。', tries: 3 },
    schedule: { kind: 'once' },
    rewardPoints: 80,
    expiry: { kind: 'days', days: 180 },
  },
  club: {
    name: '铂金会员座谈',
    description: '说说你想要的专属权益',
    content: {
      kind: 'survey',
      questions: [{ kind: 'text', id: 'ideas', title: '最想要哪一项权益？', maxCharacters: 300 }],
    },
    schedule: { kind: 'once' },
    rewardPoints: 60,
    tiers: ['platinum', 'diamond'],
  },
} as const satisfies Record<string, unknown>

export type DemoTask = keyof typeof tasks

/** As the operator writes it. */
export const taskInput = (name: DemoTask): TaskInput => structuredClone(tasks[name]) as unknown as TaskInput
