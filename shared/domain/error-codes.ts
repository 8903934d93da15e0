/**
 * Every error code Jili answers with, and its public Chinese message.
 * Codes are stable: clients branch on them. A message may be made more exact where it is thrown.
 */
export const errorMessages = {
  'auth.unauthenticated': '请先登录',
  'auth.forbidden': '没有权限做这件事',
  'auth.wechat_code_invalid': '微信登录已失效，请再试一次',
  'auth.wechat_unavailable': '微信暂时没有回应，请稍后再试',
  'auth.staff_not_bound': '这个微信还没有绑定门店，请联系管理员',
  'auth.wrong_password': '用户名或密码不对',
  'request.invalid': '提交的内容有误',
  'request.too_large': '提交的内容太大了',
  'resource.not_found': '没有找到',
  'resource.conflict': '内容刚刚被改动过，请刷新后再试',
  'points.insufficient': '积分不足',
  'points.in_debt': '积分有欠款，补足后才能使用',
  'points.limit_reached': '积分数量超过上限',
  'points.approval_by_another': '请由另一位管理员审批',
  'points.adjustment_decided': '这笔调整已经处理过了',
  'gift.sold_out': '已经换完了',
  'gift.limit_reached': '已达到可兑换数量上限',
  'gift.not_on_sale': '这件礼品现在不能兑换',
  'gift.not_eligible': '暂不符合兑换条件',
  'gift.mixed_hand_over': '一张订单只能选一种领取方式',
  'gift.no_codes': '卡券礼品要先导入券码才能上架',
  'member.blocked': '账号已被冻结，暂时不能获得或使用积分',
  'address.limit_reached': '地址已经存满了，请先删掉一个',
  'order.invalid_state': '订单现在的状态不能这样操作',
  'redemption.code_invalid': '兑换码不对',
  'redemption.code_expired': '兑换码已过期',
  'redemption.already_used': '这个兑换码已经用过了',
  'redemption.wrong_store': '这件礼品不能在本店领取',
  'redemption.digits_disabled': '这件礼品只能扫码领取',
  'idempotency.key_required': '缺少请求标识，请刷新后再试',
  'idempotency.key_reused': '请求标识已用于另一次操作',
  'idempotency.in_progress': '上一次提交还在处理，请稍候',
  'rate.limited': '操作太频繁了，请稍后再试',
  'service.busy': '现在人很多，请稍后再试',
  'service.failed': '出了点问题，请稍后再试',
} as const

export type ErrorCode = keyof typeof errorMessages
