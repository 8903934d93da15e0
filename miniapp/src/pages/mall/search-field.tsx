import { Input, Text, View } from '@tarojs/components'
import { useEffect, useRef, useState } from 'react'
import { Glyph } from '../../components/glyph/glyph'
import { Pressable } from '../../components/pressable/pressable'
import { forgetSearches, rememberSearch, useSearchHistory } from '../../features/gifts/search-history'
import { text } from '../../platform/text'

const pauseMs = 350
const maxCharacters = 40
const words = text.mall

interface SearchFieldProps {
  value: string
  onSearch: (value: string) => void
}

/** Searches once the typing pauses. Before anything is typed it offers what was searched for before. */
export function SearchField({ value, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  const [isOpen, setIsOpen] = useState(false)
  const searchRef = useRef(onSearch)
  searchRef.current = onSearch

  useEffect(() => setTyped(value), [value])

  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => searchRef.current(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, value])

  const searchFor = (word: string) => {
    setIsOpen(false)
    setTyped(word)
    rememberSearch(word)
    onSearch(word)
  }
  const close = () => {
    setIsOpen(false)
    rememberSearch(typed)
  }
  return (
    <>
      <View className="mall-search">
        <View className="mall-search__field">
          <Glyph name="search" size={18} tone="ink3" />
          <Input
            id="search"
            className="mall-search__input"
            value={typed}
            maxlength={maxCharacters}
            placeholder={words.search}
            placeholderClass="mall-search__placeholder"
            confirmType="search"
            aria-label={words.searchLabel}
            onFocus={() => setIsOpen(true)}
            onInput={(event) => setTyped(event.detail.value)}
            onConfirm={() => searchFor(typed)}
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
        {isOpen ? (
          <Pressable className="mall-search__done" id="search-done" onPress={close}>
            <Text>{words.searchDone}</Text>
          </Pressable>
        ) : null}
      </View>
      {isOpen && typed === '' ? <History onChoose={searchFor} /> : null}
    </>
  )
}

function History({ onChoose }: { onChoose: (word: string) => void }) {
  const history = useSearchHistory((state) => state.words)
  if (history.length === 0) return null
  return (
    <View className="mall-history" id="search-history">
      <View className="mall-history__head">
        <Text>{words.history}</Text>
        <Pressable
          className="mall-history__forget"
          id="search-forget"
          label={words.forgetHistory}
          onPress={forgetSearches}
        >
          <Glyph name="trash" size={18} tone="ink3" />
        </Pressable>
      </View>
      <View className="mall-history__words">
        {history.map((word, index) => (
          <Pressable
            className="mall-history__word"
            id={`searched-${index}`}
            key={word}
            onPress={() => onChoose(word)}
          >
            <Text>{word}</Text>
          </Pressable>
        ))}
      </View>
    </View>
  )
}
