import { account } from '../text/zh-cn/account'

/** What only the pages of an account say: not in `text`, so that the first page does not load it. */
export const accountText = account
