import { createContext, runInContext } from 'node:vm'
import type { RenderedNode } from './rendered-page'

type Compiler = { wxmlToJs: (distDir: string) => string }
type Template = (data: unknown, global: object, extra: object) => RenderedNode

/** Compiles a dist's wxml the way WeChat does. @returns renders one route's data */
export function createRenderer(distDir: string, problem: (text: string) => void) {
  const compiler = require('miniprogram-compiler') as Compiler
  const report = (...parts: unknown[]) => {
    const line = parts.map(String).join(' ')
    if (/WXMLRT|not found|error/i.test(line)) problem(`wxml: ${line.slice(0, 200)}`)
  }
  const sandbox: Record<string, unknown> = {
    console: { log: report, warn: report, error: report },
    navigator: { userAgent: '' },
  }
  sandbox.window = sandbox
  sandbox.__WXML_GLOBAL__ = undefined
  const context = createContext(sandbox)
  const find = runInContext(`(function(){${compiler.wxmlToJs(distDir)}})()`, context) as (
    file: string,
  ) => Template
  const parse = runInContext('JSON.parse', context) as (text: string) => unknown

  const renderFile = (file: string, data: unknown): RenderedNode => {
    const template = find(file)
    if (typeof template !== 'function') throw new Error(`There is no template ${file}`)
    return expand(template(parse(JSON.stringify(data)), {}, {}))
  }

  /* Deep trees go on in Taro's own component, which is a template of its own. */
  const expand = (node: RenderedNode): RenderedNode => {
    if (Array.isArray(node)) return node.map(expand)
    if (typeof node !== 'object') return node
    if (node.tag === 'wx-comp') return renderFile('comp.wxml', { i: node.attr?.i })
    return { ...node, children: (node.children ?? []).map(expand) }
  }

  return (route: string, data: unknown): RenderedNode => renderFile(`${route}.wxml`, data)
}
