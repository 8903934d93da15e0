/** Tiers 会员等级, lowest first. */
export const tiers = ['regular', 'silver', 'gold', 'platinum', 'diamond'] as const
export type Tier = (typeof tiers)[number]
export const tierNames: Record<Tier, string> = {
  regular: '普通会员',
  silver: '银卡',
  gold: '金卡',
  platinum: '铂金',
  diamond: '钻石',
}

/** What an account is for 账户类型; each kind has its own cap per purchase. */
export const accountKinds = ['personal', 'merchant', 'head_office'] as const
export type AccountKind = (typeof accountKinds)[number]

/** What an invited person must do for the invitation to be rewarded. */
export const inviteActs = ['register', 'check_in', 'purchase'] as const
export type InviteAct = (typeof inviteActs)[number]

/** `void`: it is no invitation, for a reason. */
export const invitationStates = ['joined', 'rewarded', 'void'] as const
export type InvitationState = (typeof invitationStates)[number]

/** Only a running rule makes points; an ended one never runs again. */
export const earningRuleStates = ['draft', 'running', 'paused', 'ended'] as const
export type EarningRuleState = (typeof earningRuleStates)[number]

/** States of a red-packet rain 红包雨; running and ended are told by the clock. While dealing its packets are being made. */
export const rainStates = ['draft', 'dealing', 'announced', 'running', 'ended', 'cancelled'] as const
export type RainState = (typeof rainStates)[number]

/** How a gift reaches the member 领取方式. */
export const handOvers = ['delivery', 'pickup', 'virtual'] as const
export type HandOver = (typeof handOvers)[number]

/** Order states; the allowed transitions are in the orders feature's table. */
export const orderStates = [
  'reviewing',
  'to_ship',
  'to_pick_up',
  'issued',
  'shipped',
  'completed',
  'returned',
  'rejected',
  'cancelled',
  'expired',
] as const
export type OrderState = (typeof orderStates)[number]

/** A member has three accounts; the system's are summed from entries and never stored, so nobody queues for them. */
export const accounts = [
  'available',
  'held',
  'debt',
  'system:issued',
  'system:redeemed',
  'system:expired',
  'system:adjusted',
] as const
export type Account = (typeof accounts)[number]

/** What a journal entry did, seen from the member's available points. */
export const entryKinds = [
  'earn',
  'spend',
  'hold',
  'capture',
  'release',
  'refund',
  'expire',
  'adjust',
  'claw_back',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** An adjustment above the limit waits until another admin decides. */
export const adjustmentStates = ['pending', 'posted', 'rejected'] as const
export type AdjustmentState = (typeof adjustmentStates)[number]

/** The history's filters: earned 获得, used 使用, frozen 冻结, returned 退回, expired 到期. */
export const entryFilters = ['earned', 'used', 'frozen', 'returned', 'expired'] as const
export type EntryFilter = (typeof entryFilters)[number]

/** Roles of admins. */
export const adminRoles = ['owner', 'operator', 'reviewer', 'finance', 'support', 'partner'] as const
export type AdminRole = (typeof adminRoles)[number]

/** What an open client 开放接口客户 is. */
export const openClientKinds = ['courier', 'shop'] as const
export type OpenClientKind = (typeof openClientKinds)[number]

/** What an open client may be allowed to do. */
export const openScopes = ['tracking', 'purchases'] as const
export type OpenScope = (typeof openScopes)[number]

/** Messages a member may do without 消息类别; what concerns an order is always told. */
export const messageTopics = ['points', 'wishes'] as const
export type MessageTopic = (typeof messageTopics)[number]

export const giftSorts = ['hot', 'new', 'price_asc', 'price_desc'] as const
export type GiftSort = (typeof giftSorts)[number]

/** Pictures that may be uploaded. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/webp'] as const
export type ImageType = (typeof imageTypes)[number]

/** What a member can ask for after an order 售后: cancel, return, exchange; or say that it came damaged or not at all. */
export const afterSaleKinds = ['cancel', 'return', 'exchange', 'damage', 'loss'] as const
export type AfterSaleKind = (typeof afterSaleKinds)[number]

/** After-sale states; the allowed transitions are in the after-sales feature's table. */
export const afterSaleStates = [
  'requested',
  'waiting_return',
  'refunded',
  'replaced',
  'rejected',
  'withdrawn',
  'lapsed',
] as const
export type AfterSaleState = (typeof afterSaleStates)[number]

/** How an after-sale is settled: all points of what it is about, a part of them, or another piece. */
export const resolutions = ['refund', 'refund_partial', 'replace'] as const
export type Resolution = (typeof resolutions)[number]

/** What admins are alerted to. */
export const alertKinds = ['stock.low', 'ledger.difference', 'secret.guessing'] as const
export type AlertKind = (typeof alertKinds)[number]

/** Why a member pays what he pays: the list price, his tier's, or a timed one. */
export const priceReasons = ['list', 'tier', 'timed'] as const
export type PriceReason = (typeof priceReasons)[number]

/** What a task asks of a member 任务; a share is none, for it is never rewarded. */
export const taskKinds = ['profile', 'follow', 'survey', 'quiz', 'proof'] as const
export type TaskKind = (typeof taskKinds)[number]

/** Only a running task can be done; an ended one never runs again. */
export const taskStates = ['draft', 'running', 'paused', 'ended'] as const
export type TaskState = (typeof taskStates)[number]

/** How a task stands for a member. */
export const taskStandings = ['open', 'in_review', 'rejected', 'done', 'unavailable'] as const
export type TaskStanding = (typeof taskStandings)[number]

/** Parts of a profile that a task may ask for. */
export const profileFields = ['nick', 'avatar', 'birthday', 'phone'] as const
export type ProfileField = (typeof profileFields)[number]

/** What a member handed in for a task 凭证; `withdrawn`: its member left. */
export const taskProofStates = ['reviewing', 'approved', 'rejected', 'withdrawn'] as const
export type TaskProofState = (typeof taskProofStates)[number]
