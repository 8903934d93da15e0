import { Text, View } from '@tarojs/components'
import { useMemo, useState } from 'react'
import { type GiftSort, giftSorts } from '#shared/domain/enums'
import { ChipRow } from '../../components/chip/chip'
import { EmptyState } from '../../components/empty-state/empty-state'
import { GiftCard, GiftGridSkeleton } from '../../components/gift-card/gift-card'
import { Glyph } from '../../components/glyph/glyph'
import { ListFoot } from '../../components/list-foot/list-foot'
import { Page } from '../../components/page/page'
import { Pressable } from '../../components/pressable/pressable'
import { QueryView } from '../../components/query-view/query-view'
import { SignInInvitation } from '../../components/sign-in-invitation/sign-in-invitation'
import { useGiftCategories, useGifts } from '../../features/gifts/gift.queries'
import {
  bandLabel,
  bands,
  giftQueryOf,
  resetMallFilter,
  useMallFilter,
} from '../../features/gifts/mall-filter'
import { go } from '../../platform/navigation'
import { useIsSignedIn } from '../../platform/session'
import { text } from '../../platform/text'
import { ChoiceSheet } from './choice-sheet'
import { SearchField } from './search-field'
import './mall.scss'

const words = text.mall

function Categories() {
  const category = useMallFilter((filter) => filter.category)
  const categories = useGiftCategories()
  const choices = useMemo(
    () => [
      { value: 'all', label: text.common.all },
      { value: 'affordable', label: words.affordable },
      ...(categories.data?.items ?? [])
        .filter(({ giftCount }) => giftCount > 0)
        .map(({ id, name }) => ({ value: id, label: name })),
    ],
    [categories.data],
  )
  return (
    <ChipRow
      idPrefix="category"
      choices={choices}
      chosen={category}
      onChoose={(value) => useMallFilter.setState({ category: value })}
    />
  )
}

function FilterBar({ total }: { total: number | undefined }) {
  const { sort, band } = useMallFilter()
  const [open, setOpen] = useState<'sort' | 'band' | null>(null)
  const close = () => setOpen(null)
  return (
    <View className="mall-bar">
      <Text className="mall-bar__total">{total === undefined ? ' ' : words.total(total)}</Text>
      <View className="mall-bar__choices">
        <Pressable className="mall-bar__choice" id="sort" onPress={() => setOpen('sort')}>
          <Text>{words.sorts[sort]}</Text>
          <Glyph name="chevron-down" size={14} tone="ink3" />
        </Pressable>
        <Pressable className="mall-bar__choice" id="band" onPress={() => setOpen('band')}>
          <Text>{bandLabel(band)}</Text>
          <Glyph name="chevron-down" size={14} tone="ink3" />
        </Pressable>
      </View>
      <ChoiceSheet<GiftSort>
        isOpen={open === 'sort'}
        title={words.sortTitle}
        choices={giftSorts.map((value) => ({ value, label: words.sorts[value] }))}
        chosen={sort}
        onChoose={(value) => useMallFilter.setState({ sort: value })}
        onClose={close}
      />
      <ChoiceSheet
        isOpen={open === 'band'}
        title={words.bandTitle}
        choices={bands.map(({ id }) => ({ value: id, label: bandLabel(id) }))}
        chosen={band}
        onChoose={(value) => useMallFilter.setState({ band: value })}
        onClose={close}
      />
    </View>
  )
}

const nothingFound = (
  <EmptyState
    picture="no-gifts"
    title={words.empty}
    line={words.emptyLine}
    action={words.emptyAction}
    actionId="show-all"
    onAction={resetMallFilter}
  />
)

export default function MallPage() {
  const filter = useMallFilter()
  const isSignedIn = useIsSignedIn()
  const gifts = useGifts(giftQueryOf(filter))
  const needsSignIn = filter.category === 'affordable' && !isSignedIn
  return (
    <Page className="mall">
      <View className="mall-head">
        <SearchField value={filter.search} onSearch={(search) => useMallFilter.setState({ search })} />
        <Categories />
      </View>
      {needsSignIn ? (
        <SignInInvitation title={words.affordableSignIn} />
      ) : (
        <>
          <FilterBar total={gifts.data?.pages[0]?.total} />
          <QueryView
            query={gifts}
            skeleton={<GiftGridSkeleton />}
            isEmpty={(data) => data.pages[0]?.items.length === 0}
            empty={nothingFound}
          >
            {(data) => (
              <>
                <View className="gift-grid" id="gifts">
                  {data.pages
                    .flatMap((page) => page.items)
                    .map((gift) => (
                      <GiftCard key={gift.id} gift={gift} onPress={() => go.gift(gift.id)} />
                    ))}
                </View>
                <ListFoot query={gifts} showsEnd={data.pages.length > 1} />
              </>
            )}
          </QueryView>
        </>
      )}
    </Page>
  )
}
