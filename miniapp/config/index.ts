import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import CompressionPlugin from 'compression-webpack-plugin'
import { require as requireTs } from 'tsx/cjs/api'
import { isHomeGroup, PreloadHome } from './preload-home'

const root = path.resolve(__dirname, '../..')
const shared = path.join(root, 'shared')
const weappApiBase = process.env.TARO_APP_API_BASE ?? 'http://127.0.0.1:3000'

/** Set by `npm run dev`: where the BFF listens behind the server of development. */
const devBff = process.env.JILI_DEV_BFF
const bffPaths = ['/api', '/pictures', '/docs', '/openapi.json', '/healthz', '/readyz', '/metrics']

/* Taro compiles this folder and no other. */
const { sassMaps } = requireTs('../src/styles/tokens.ts', __filename) as { sassMaps: string }
/* Webpack's cache looks up the files of what this one loaded; tsx names its own with a query, which no file has. */
for (const loaded of Object.values(require.cache))
  if (loaded) loaded.children = loaded.children.filter(({ filename }) => !filename.includes('?namespace='))

/** Ships modern syntax that phones of the platform's minimum version cannot read: babel has to see it. */
const modernPackages = ['@tanstack', 'zustand'].map((name) => path.join(root, 'node_modules', name))

/* As webpack has it; only what is asked here. */
interface Chunk {
  groupsIterable: Iterable<Parameters<typeof isHomeGroup>[0]>
}

const isOfHome = (chunk: Chunk): boolean => [...chunk.groupsIterable].some(isHomeGroup)

/**
 * Only for `npm run dev`: what is handed out is always built whole. Taro passes on to webpack what its own type of
 * these settings does not name.
 */
const cache = { enable: devBff !== undefined, version: sassMaps, idleTimeoutForInitialStore: 0 }

export default defineConfig({
  projectName: 'jili',
  date: '2026-1-1',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  /* The server of development keeps its files in memory; what was built for the demo stays as it is. */
  outputRoot: devBff ? 'dist/dev' : `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  alias: { '#shared': shared },
  defineConstants: {
    'process.env.JILI_API_BASE': JSON.stringify(process.env.TARO_ENV === 'h5' ? '' : weappApiBase),
  },
  sass: { data: sassMaps },
  copy: { patterns: [], options: {} },
  logger: { quiet: devBff !== undefined, stats: false },
  cache,
  mini: {
    miniCssExtractPluginOption: { ignoreOrder: true },
    webpackChain(chain, webpack) {
      chain.plugin('abortController').use(webpack.ProvidePlugin, [
        {
          AbortController: [path.join(__dirname, '../src/platform/abort-controller.ts'), 'AbortController'],
        },
      ])
    },
    compile: { include: [shared, ...modernPackages] },
    postcss: { pxtransform: { enable: true, config: {} }, cssModules: { enable: false } },
  },
  h5: {
    devServer: devBff
      ? {
          host: process.env.HOST ?? '0.0.0.0',
          port: Number(process.env.PORT),
          open: false,
          /* The page's own host and port, so that hot reload works through a forwarded port too. */
          client: { webSocketURL: 'auto://0.0.0.0:0/ws', overlay: { errors: true, warnings: false } },
          proxy: [{ context: bffPaths, target: devBff }],
        }
      : {},
    /* The server of development answers from its root only. */
    publicPath: process.env.NODE_ENV === 'development' ? '/' : './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    compile: { include: [shared, ...modernPackages] },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    /* Without this every page's chunk brings its own copy of what all pages use. */
    webpackChain(chain) {
      chain.plugin('preloadHome').use(PreloadHome)
      /* Beside each file, so that who serves it does not compress it again for everybody. */
      if (process.env.NODE_ENV === 'production')
        for (const [algorithm, ending] of [
          ['brotliCompress', 'br'],
          ['gzip', 'gz'],
        ] as const)
          chain
            .plugin(algorithm)
            .use(CompressionPlugin, [
              { algorithm, filename: `[path][base].${ending}`, test: /\.(js|css|html)$/ },
            ])
      chain.optimization.splitChunks({
        chunks: 'all',
        minSize: 8_000,
        hidePathInfo: true,
        cacheGroups: {
          default: false,
          defaultVendors: false,
          framework: {
            name: 'framework',
            test: /[\\/]node_modules[\\/](react|react-dom|react-reconciler|scheduler)[\\/]/,
            priority: 30,
          },
          /* What home needs too comes with it; what only later pages share waits until one of them is opened. */
          shared: {
            name: (_module: unknown, chunks: Chunk[]) => (chunks.some(isOfHome) ? 'shared' : 'pages'),
            chunks: 'async',
            minChunks: 3,
            priority: 20,
          },
        },
      })
    },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: {
      autoprefixer: { enable: true, config: {} },
      /* One root size from 320 to 430 px wide phones; wider windows keep a phone-wide column. */
      pxtransform: { enable: true, config: { baseFontSize: 20, minRootSize: 17, maxRootSize: 22.9 } },
      cssModules: { enable: false },
    },
  },
})
