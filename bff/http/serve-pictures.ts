import type { Middleware } from 'koa'
import { findUploadedPicture } from '#shared/domain/pictures'
import { networkOf } from '../kernel/network-of'
import type { Services } from '../platform/services'
import { pictureKeyOf } from '../platform/storage/storage-key'

/**
 * Serves the pictures that operators uploaded, from the storage that all processes share. Their addresses never change what
 * they show, so browsers and caches on the way keep them for a year without asking.
 */
export function servePictures({ storage, rateLimits }: Pick<Services, 'storage' | 'rateLimits'>): Middleware {
  return async (ctx, next) => {
    const picture = findUploadedPicture(ctx.path)
    if (!picture || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next()
    await rateLimits.count('picture', networkOf(ctx.ip))
    const bytes = await storage.get(pictureKeyOf(picture.copy))
    if (!bytes) return next()
    ctx.status = 200
    ctx.set('Cache-Control', 'public, max-age=31536000, immutable')
    ctx.etag = picture.copy
    ctx.type = 'image/webp'
    if (ctx.fresh) ctx.status = 304
    else ctx.body = bytes
  }
}
