import { dirname } from 'node:path'
import { send } from '@koa/send'
import type { Middleware } from 'koa'
import { createOpenApi } from './openapi'

const assetsDir = dirname(require.resolve('swagger-ui-dist/package.json'))
const assets = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

const page = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>积礼 接口</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
`
const start =
  "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, docExpansion: 'list' })"

/** `/openapi.json`, and `/docs` to read it with, without any network. */
export function serveDocs(): Middleware {
  // Half a second of work for what few ask for: made when somebody does.
  let openApi: ReturnType<typeof createOpenApi> | undefined
  return async (ctx, next) => {
    if (ctx.method !== 'GET') return next()
    if (ctx.path === '/openapi.json') {
      openApi ??= createOpenApi()
      ctx.body = openApi
    } else if (ctx.path === '/docs' || ctx.path === '/docs/') {
      ctx.type = 'html'
      ctx.body = page
    } else if (ctx.path === '/docs/start.js') {
      ctx.type = 'js'
      ctx.body = start
    } else if (ctx.path.startsWith('/docs/') && assets.includes(ctx.path.slice(6))) {
      await send(ctx, ctx.path.slice(6), { root: assetsDir, maxAge: 86_400_000 })
    } else await next()
  }
}
