import { Image, Text, View } from '@tarojs/components'
import { Glyph } from '../../components/glyph/glyph'
import { Pressable } from '../../components/pressable/pressable'
import { text } from '../../platform/text'
import type { usePhotoUploads } from './photo-uploads'
import './photo-field.scss'

const words = text.photos

/** The chosen pictures with how far each one is, and the place to add another. */
export function PhotoField({ uploads, max }: { uploads: ReturnType<typeof usePhotoUploads>; max: number }) {
  const { photos, add, retry, remove } = uploads
  return (
    <View className="photos">
      {photos.map(({ path, state }, index) => (
        <View className="photo" key={path}>
          <Image className="photo__image" src={path} mode="aspectFill" aria-label={words.shown(index + 1)} />
          {state === 'uploaded' ? null : (
            <Pressable
              id={`photo-state-${index}`}
              className="photo__state"
              disabled={state === 'uploading'}
              onPress={() => void retry(path)}
            >
              <Text>{state === 'uploading' ? words.uploading : words.failed}</Text>
            </Pressable>
          )}
          <Pressable
            id={`photo-remove-${index}`}
            className="photo__remove"
            label={words.remove(index + 1)}
            onPress={() => remove(path)}
          >
            <Glyph name="close" size={14} tone="onAccent" />
          </Pressable>
        </View>
      ))}
      {photos.length < max ? (
        <Pressable id="photo-add" className="photo photo--add" label={words.add} onPress={() => void add()}>
          <Glyph name="plus" size={24} tone="ink3" />
        </Pressable>
      ) : null}
    </View>
  )
}
