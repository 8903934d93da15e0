import { beautyGifts } from './beauty'
import { booksGifts } from './books'
import { type GiftCategoryId, type GiftSlug, giftCatalogue } from './catalogue'
import { digitalGifts } from './digital'
import { fashionGifts } from './fashion'
import { foodGifts } from './food'
import { healthGifts } from './health'
import { homeGifts } from './home'
import { travelGifts } from './travel'
import { drawGift, type GiftVariant, type GiftViews } from './views'

export { avatarPictures, logoPicture } from './avatars'
export { bannerPictures } from './banners'
export { shopPictures } from './shops'

type GiftPicture = { name: string; categoryId: GiftCategoryId; svg: (variant?: GiftVariant) => string }

export const giftVariants: readonly GiftVariant[] = ['front', 'detail', 'scene']

const views: Record<GiftSlug, GiftViews> = {
  ...digitalGifts,
  ...homeGifts,
  ...fashionGifts,
  ...beautyGifts,
  ...foodGifts,
  ...booksGifts,
  ...travelGifts,
  ...healthGifts,
}

/** Every gift of the demo brand with its drawings: 800 × 800 in print, on a 400 grid. */
export const giftPictures: Record<string, GiftPicture> = Object.fromEntries(
  giftCatalogue.map(({ slug, name, categoryId }) => [
    slug,
    { name, categoryId, svg: (variant: GiftVariant = 'front') => drawGift(views[slug], variant) },
  ]),
)
