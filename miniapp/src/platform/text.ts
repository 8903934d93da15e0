import { zhCn } from '../text/zh-cn/index'

/** Every sentence of the screen in the chosen language. A second language is a second object of this shape. */
export type Texts = typeof zhCn

export const text: Texts = zhCn
