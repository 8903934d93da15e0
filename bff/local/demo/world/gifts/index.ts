import { digitalAndHome } from './digital-and-home'
import { fashionAndBeauty } from './fashion-and-beauty'
import { foodAndBooks } from './food-and-books'
import { travelAndHealth } from './travel-and-health'

export const gifts = [...digitalAndHome, ...fashionAndBeauty, ...foodAndBooks, ...travelAndHealth]
