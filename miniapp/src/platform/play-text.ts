import { play } from '../text/zh-cn/play'

/** What only the games say: not in `text`, so that the first page does not load it. */
export const playText = play
