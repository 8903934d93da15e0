import { Text, View } from '@tarojs/components'
import { isFrugal } from '../../platform/network'
import { text } from '../../platform/text'
import { Pressable } from '../pressable/pressable'
import './list-foot.scss'

export interface PagedQuery {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

/** The end of a list that loads as one scrolls. */
export function ListFoot({ query, showsEnd = true }: { query: PagedQuery; showsEnd?: boolean }) {
  const waits = query.hasNextPage && !query.isFetchingNextPage && isFrugal()
  if (query.isFetchNextPageError || waits) {
    return (
      <Pressable className="list-foot" id="load-more" onPress={() => void query.fetchNextPage()}>
        <Text>{query.isFetchNextPageError ? text.common.moreFailed : text.common.loadMore}</Text>
      </Pressable>
    )
  }
  const line = query.hasNextPage ? text.common.loadingMore : text.common.noMore
  if (!query.hasNextPage && !showsEnd) return null
  return (
    <View className="list-foot">
      <Text>{line}</Text>
    </View>
  )
}
