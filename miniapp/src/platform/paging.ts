import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useReachBottom } from '@tarojs/taro'
import { isFrugal } from './network'

interface PageOf<Item> {
  items: Item[]
  nextCursor: string | null
}

/**
 * A list that loads its next page by cursor before its end is reached (`onReachBottomDistance` of app.config); where data
 * is to be saved its foot asks first.
 */
export function usePages<Item, Page extends PageOf<Item>>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined) => Promise<Page>,
  isEnabled = true,
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: isEnabled,
  })
  useReachBottom(() => {
    if (!isFrugal() && query.hasNextPage && !query.isFetchingNextPage)
      void query.fetchNextPage({ cancelRefetch: false })
  })
  return query
}
