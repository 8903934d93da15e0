import { Input, View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { Glyph } from '../../components/glyph/glyph'
import { Pressable } from '../../components/pressable/pressable'
import { text } from '../../platform/text'

const pauseMs = 350
const maxCharacters = 40

/** Searches once the typing pauses. */
export function SearchField({ value, onSearch }: { value: string; onSearch: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const searchRef = useRef(onSearch)
  searchRef.current = onSearch

  useEffect(() => setTyped(value), [value])

  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => searchRef.current(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, value])

  return (
    <View className="mall-search">
      <Glyph name="search" size={18} tone="ink3" />
      <Input
        id="search"
        className="mall-search__input"
        value={typed}
        maxlength={maxCharacters}
        placeholder={text.mall.search}
        placeholderClass="mall-search__placeholder"
        confirmType="search"
        aria-label={text.mall.searchLabel}
        onInput={(event) => setTyped(event.detail.value)}
        onConfirm={() => onSearch(typed)}
      />
      {typed ? (
        <Pressable
          className="mall-search__clear"
          label={text.common.clear}
          id="search-clear"
          onPress={() => onSearch('')}
        >
          <Glyph name="close" size={16} tone="ink3" />
        </Pressable>
      ) : null}
    </View>
  )
}
