import type { ProfileField, TaskKind } from '#shared/domain/enums'

const actions: Record<TaskKind, string> = {
  profile: '去完善',
  follow: '去关注',
  survey: '去填写',
  quiz: '去答题',
  proof: '去上传',
}

const fields: Record<ProfileField, string> = {
  nick: '取一个昵称',
  avatar: '换一张头像',
  birthday: '填写生日',
  phone: '绑定手机号',
}

/** Words of the task centre, loaded with its pages. */
export const tasks = {
  title: '任务中心',
  detailTitle: '任务',
  signIn: '登录后做任务得积分',
  groups: { newcomer: '新手任务', daily: '每日任务', once: '更多任务' },
  leftToEarn: '还能得',
  leftCount: (count: number) => `${count} 个任务等你完成`,
  allDone: '能做的都做完了',
  allDoneLine: '每日任务明天再来',
  none: '暂时没有任务',
  noneLine: '先去签到，每天都有积分',
  toCheckIn: '去签到',
  actions,
  again: '重新上传',
  claim: '领取',
  see: '查看',
  done: '已完成',
  inReview: '审核中',
  rejected: (reason: string) => `未通过：${reason}`,
  progress: (done: number, total: number) => `已完成 ${done}/${total}`,
  until: (when: string) => `${when} 截止`,
  gained: (points: number) => `+${points}`,
  reward: '完成可得',
  backToList: '看看其他任务',
  toGifts: '去挑礼品',
  doneTitle: '任务完成',
  doneBefore: '这个任务已经完成',
  failedToTake: '没有交上',
  inReviewTitle: '已收到，审核中',
  inReviewLine: '有结果会用站内信告诉你，通过后积分自动到账',
  unavailable: '现在不能做',
  fields,
  fieldDone: '已填好',
  toProfile: '去填资料',
  claimReward: '领取积分',
  stillMissing: (count: number) => `还差 ${count} 项`,
  follow: {
    steps: ['复制公众号名称', '在微信里搜索，点关注', '回到这里，自动到账'],
    name: '公众号',
    copy: '复制',
    notCopied: (name: string) => `请在微信里搜索“${name}”`,
    check: '我已关注',
    checking: '正在确认',
    before: '以前就关注过？给公众号随便发一条消息，再点“我已关注”',
  },
  form: {
    required: '必答',
    optional: '选答',
    choose: (min: number, max: number) => (min === max ? `选 ${min} 个` : `选 ${min} 到 ${max} 个`),
    count: (length: number, max: number) => `${length}/${max}`,
    placeholder: '写在这里',
    answered: (count: number, total: number) => `已答 ${count}/${total}`,
    kept: '答案会留在这里，离开再回来也在',
    rate: (value: number) => `${value} 分`,
    right: '正确答案',
    submit: '提交',
  },
  quiz: {
    rule: (pass: number, total: number) => `答对 ${pass} 题就通过，一共 ${total} 题`,
    triesLeft: (tries: number) => `今天还能答 ${tries} 次`,
    failed: (correct: number, total: number, tries: number) =>
      tries > 0
        ? `答对 ${correct}/${total} 题，还差一点。今天还能答 ${tries} 次`
        : `答对 ${correct}/${total} 题，今天的次数用完了，明天再来`,
  },
  proof: {
    what: '要拍什么',
    note: '说明（可不写）',
    notePlaceholder: '想补充的话',
    noPhoto: '请至少传一张照片',
    waiting: '照片还没传完，请稍等',
    triesLeft: (tries: number) => `还能交 ${tries} 次`,
    submit: '提交审核',
  },
} as const
