import path from 'node:path'
import { defineConfig } from '@tarojs/cli'

/* Taro as it comes, with the same versions and the same kind of build: what any app of one page costs. */
export default defineConfig({
  projectName: 'bare',
  date: '2026-1-1',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: path.relative(path.resolve(__dirname, '..'), process.env.BARE_OUTPUT ?? 'dist'),
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  copy: { patterns: [], options: {} },
  cache: { enable: false },
  h5: {
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
  },
})
