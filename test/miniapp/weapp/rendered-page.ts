/** A node as the wxml compiler renders it. */
export type RenderedNode =
  | string
  | number
  | { tag: string; attr?: Record<string, unknown>; children?: RenderedNode[] }
  | RenderedNode[]

type Element = Extract<RenderedNode, { tag: string }>

const isElement = (node: RenderedNode): node is Element => typeof node === 'object' && !Array.isArray(node)

const childrenOf = (node: RenderedNode): RenderedNode[] => {
  if (Array.isArray(node)) return node
  return isElement(node) ? (node.children ?? []) : []
}

/** Everything that can be read in a node. */
export function textIn(node: RenderedNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node)
  return childrenOf(node).map(textIn).join('')
}

/** The last element with this id: a sheet comes after what it covers. */
export function findById(node: RenderedNode, id: string): Element | null {
  let found: Element | null = isElement(node) && node.attr?.id === id ? node : null
  for (const child of childrenOf(node)) found = findById(child, id) ?? found
  return found
}

/** Tags in a tree, to tell a page that renders pictures only from one that renders nothing. */
export const countElements = (node: RenderedNode): number =>
  (isElement(node) ? 1 : 0) + childrenOf(node).reduce<number>((sum, child) => sum + countElements(child), 0)
