import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useReachBottom } from '@tarojs/taro'

interface PageOf<Item> {
  items: Item[]
  nextCursor: string | null
}

/** A list that loads its next page by cursor when the page's end is reached. */
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
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
  })
  return query
}
