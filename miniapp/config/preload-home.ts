import type { Compiler } from 'webpack'

interface ChunkGroup {
  origins: readonly { request?: string }[]
}

/** Whether a chunk group is home's: what the first page needs beside the app itself. */
export const isHomeGroup = ({ origins }: ChunkGroup): boolean =>
  origins.some(({ request }) => request?.includes('pages/home/index'))

const linkOf = (file: string): string =>
  `<link rel="preload" as="${file.endsWith('.css') ? 'style' : 'script'}" href="./${file}">`

/** Names home's scripts and styles in index.html: they come beside the app's own, which would only then ask for them. */
export class PreloadHome {
  apply(compiler: Compiler): void {
    const { Compilation, sources } = compiler.webpack
    compiler.hooks.thisCompilation.tap('PreloadHome', (compilation) => {
      compilation.hooks.processAssets.tap(
        // The page has just been written, and the hashes in it are not yet those of the contents.
        { name: 'PreloadHome', stage: Compilation.PROCESS_ASSETS_STAGE_OPTIMIZE_INLINE + 1 },
        () => {
          const files = compilation.chunkGroups.filter(isHomeGroup).flatMap((group) => group.getFiles())
          const links = [...new Set(files)].map(linkOf).join('')
          compilation.updateAsset('index.html', (page) => {
            return new sources.RawSource(page.source().toString().replace('</head>', `${links}</head>`))
          })
        },
      )
    })
  }
}
