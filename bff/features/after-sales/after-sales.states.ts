import type { AfterSaleKind, AfterSaleState, Resolution } from '#shared/domain/enums'

/** Which state may follow which. Nothing else ever happens to an after-sale. */
const transitions: Record<AfterSaleState, readonly AfterSaleState[]> = {
  requested: ['waiting_return', 'refunded', 'replaced', 'rejected', 'withdrawn'],
  waiting_return: ['refunded', 'replaced', 'rejected', 'withdrawn', 'lapsed'],
  refunded: [],
  replaced: [],
  rejected: [],
  withdrawn: [],
  lapsed: [],
}

export const canBecome = (from: AfterSaleState, to: AfterSaleState): boolean => transitions[from].includes(to)

/** States in which the order is in dispute. */
export const openStates: readonly AfterSaleState[] = ['requested', 'waiting_return']

/** Kinds whose gift comes back before anything is settled. */
export const comesBack: readonly AfterSaleKind[] = ['return', 'exchange']

export const settledState: Record<Resolution, AfterSaleState> = {
  refund: 'refunded',
  refund_partial: 'refunded',
  replace: 'replaced',
}

/** A step of the timeline in words. */
export const stepTitles: Record<AfterSaleState, string> = {
  requested: '已提交申请',
  waiting_return: '已同意，等待寄回',
  refunded: '积分已退回',
  replaced: '已换新',
  rejected: '未通过',
  withdrawn: '已撤销',
  lapsed: '逾期没有寄回，已结束',
}

export const kindNames: Record<AfterSaleKind, string> = {
  cancel: '取消',
  return: '退货',
  exchange: '换货',
  damage: '坏了或用不了',
  loss: '丢失',
}
