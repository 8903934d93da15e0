import { staff } from '../text/zh-cn/staff'

/** What only the staff's desk says: not in `text`, so that a member does not load it. */
export const deskText = staff.desk
