import { Text, View } from '@tarojs/components'
import { memo, useMemo, useState } from 'react'
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
import { type GiftCardData, useGiftCategories, useGifts } from '../../features/gifts/gift.queries'
import { readGiftAhead, useGiftPageAhead } from '../../features/gifts/gift-ahead'
import {
  bandLabel,
  bands,
  giftQueryOf,
  narrows,
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

/** Only what can be afforded, how it is sorted, which points: three choices that hold together with the category. */
function FilterBar() {
  const { sort, band, isAffordable } = useMallFilter()
  const [open, setOpen] = useState<'sort' | 'band' | null>(null)
  const close = () => setOpen(null)
  return (
    <View className="mall-bar">
      <Pressable
        className={isAffordable ? 'mall-bar__toggle mall-bar__toggle--on' : 'mall-bar__toggle'}
        id="affordable-only"
        selected={isAffordable}
        onPress={() => useMallFilter.setState({ isAffordable: !isAffordable })}
      >
        {isAffordable ? <Glyph name="check" size={14} tone="accent" /> : null}
        <Text>{words.affordable}</Text>
      </Pressable>
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

/** Not rendered again when a page is added. */
const MallGift = memo(function MallGift({ gift }: { gift: GiftCardData }) {
  return <GiftCard gift={gift} onPress={() => go.gift(gift.id)} onPressStart={() => readGiftAhead(gift.id)} />
})

export default function MallPage() {
  const filter = useMallFilter()
  const isSignedIn = useIsSignedIn()
  const gifts = useGifts(giftQueryOf(filter))
  useGiftPageAhead()
  const needsSignIn = filter.isAffordable && !isSignedIn
  return (
    <Page className="mall">
      <View className="mall-head">
        <SearchField value={filter.search} onSearch={(search) => useMallFilter.setState({ search })} />
        <Categories />
        <FilterBar />
      </View>
      {needsSignIn ? (
        <SignInInvitation title={words.affordableSignIn} />
      ) : (
        <QueryView
          query={gifts}
          skeleton={<GiftGridSkeleton />}
          isEmpty={(data) => data.pages[0]?.items.length === 0}
          empty={nothingFound}
        >
          {(data) => (
            <>
              {narrows(filter) ? (
                <Text className="mall-total">{words.total(data.pages[0]?.total ?? 0)}</Text>
              ) : null}
              <View className="gift-grid" id="gifts">
                {data.pages
                  .flatMap((page) => page.items)
                  .map((gift) => (
                    <MallGift key={gift.id} gift={gift} />
                  ))}
              </View>
              <ListFoot query={gifts} showsEnd={data.pages.length > 1} />
            </>
          )}
        </QueryView>
      )}
    </Page>
  )
}
