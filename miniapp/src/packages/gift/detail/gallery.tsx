import { ScrollView, View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { Glyph } from '../../../components/glyph/glyph'
import { Picture } from '../../../components/picture/picture'
import { Pressable } from '../../../components/pressable/pressable'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'
import './gallery.scss'

/** The gift's pictures, one screen wide each, swiped sideways. */
export function Gallery({ urls, isSoldOut }: { urls: readonly string[]; isSoldOut: boolean }) {
  const [index, setIndex] = useState(0)
  const lastIndexRef = useRef(0)
  const pictures = urls.length > 0 ? urls : [null]
  const onScroll = ({ detail }: { detail: { scrollLeft: number; scrollWidth: number } }) => {
    const next = Math.round((detail.scrollLeft / Math.max(1, detail.scrollWidth)) * pictures.length)
    if (next === lastIndexRef.current) return
    lastIndexRef.current = next
    setIndex(next)
  }
  return (
    <View className="gallery" aria-label={text.gift.photo(index + 1, pictures.length)}>
      <ScrollView
        className="gallery__strip"
        scrollX
        enhanced
        pagingEnabled
        showScrollbar={false}
        onScroll={onScroll}
      >
        {pictures.map((url) => (
          <Picture key={url ?? 'none'} className="gallery__picture" url={url} isFaded={isSoldOut} isEager />
        ))}
      </ScrollView>
      {pictures.length > 1 ? (
        <View className="gallery__dots">
          {pictures.map((url, position) => (
            <View
              key={url ?? 'none'}
              className={position === index ? 'gallery__dot gallery__dot--now' : 'gallery__dot'}
            />
          ))}
        </View>
      ) : null}
      {process.env.TARO_ENV === 'h5' ? (
        <Pressable className="gallery__back" label={text.common.back} id="back" onPress={go.back}>
          <Glyph name="chevron-left" size={22} tone="ink" />
        </Pressable>
      ) : null}
    </View>
  )
}
