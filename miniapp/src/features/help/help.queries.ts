import { useQuery } from '@tanstack/react-query'
import type { ResponseOf } from '#shared/contracts/index'
import { api } from '../../platform/request'

export type Help = ResponseOf<'GET /api/member/help'>
export type HelpArticle = Help['items'][number]

/** Questions, rules and how to reach the brand; for visitors too. */
export const useHelp = () =>
  useQuery({ queryKey: ['help'], queryFn: () => api('GET /api/member/help'), staleTime: 5 * 60_000 })

/** Articles by section, both in the order they came. */
export function sectionsOf(articles: readonly HelpArticle[]): { section: string; articles: HelpArticle[] }[] {
  const sections = new Map<string, HelpArticle[]>()
  for (const article of articles)
    sections.set(article.section, [...(sections.get(article.section) ?? []), article])
  return [...sections].map(([section, own]) => ({ section, articles: own }))
}
