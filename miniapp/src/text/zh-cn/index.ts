import { account } from './account'
import { afterSales } from './after-sales'
import { gifts } from './gifts'
import { members } from './members'
import { orders } from './orders'
import { shell } from './shell'
import { staff } from './staff'

/** Simplified Chinese, by the part of the product that speaks. */
export const zhCn = { ...shell, ...members, ...gifts, ...orders, ...afterSales, ...account, ...staff }
