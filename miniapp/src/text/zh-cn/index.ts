import { afterSales } from './after-sales'
import { gifts } from './gifts'
import { members } from './members'
import { orders } from './orders'
import { shell } from './shell'

/** Simplified Chinese, by the part of the product that speaks; `account` and `staff` are loaded with their pages. */
export const zhCn = { ...shell, ...members, ...gifts, ...orders, ...afterSales }
