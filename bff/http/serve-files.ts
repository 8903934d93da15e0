import { send } from '@koa/send'
import type { Middleware } from 'koa'

/** Names with a content hash never change; everything else is asked for again. */
const isHashed = (path: string) => /[.-][0-9a-f]{8,}\./.test(path)

/** Serves the built H5 at `/`, and at `/pictures/` the files that the brand laid into its picture folder. */
export function serveFiles(options: {
  h5Dir: string | undefined
  picturesDir: string | undefined
}): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    const isPicture = ctx.path.startsWith('/pictures/')
    const root = isPicture ? options.picturesDir : options.h5Dir
    if (!root || ctx.path.startsWith('/api/')) return next()
    const path = isPicture ? ctx.path.slice('/pictures'.length) : ctx.path
    // The build lays a smaller copy beside each text of the H5; which one is sent hangs on who asks.
    if (!isPicture) ctx.vary('Accept-Encoding')
    try {
      await send(ctx, path, {
        root,
        index: 'index.html',
        maxAge: isHashed(path) || isPicture ? 30 * 86_400_000 : 0,
      })
    } catch (error) {
      const { status } = error as { status?: number }
      if (status !== 404) throw error
      return next()
    }
  }
}
