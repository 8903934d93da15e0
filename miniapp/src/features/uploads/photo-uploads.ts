import { useRef, useState } from 'react'
import { showToast } from '../../components/toast/toast'
import { messageOf } from '../../platform/api-error'
import { choosePhotos, uploadPhoto } from '../../platform/photos'

export interface ChosenPhoto {
  path: string
  state: 'uploading' | 'failed' | 'uploaded'
  id: string | null
}

/** Pictures being chosen and uploaded; each one that fails stays and can be tried again, each can be taken out at any time. */
export function usePhotoUploads(max: number) {
  const [photos, setPhotos] = useState<readonly ChosenPhoto[]>([])
  const photosRef = useRef(photos)
  const update = (change: (current: readonly ChosenPhoto[]) => readonly ChosenPhoto[]) => {
    photosRef.current = change(photosRef.current)
    setPhotos(photosRef.current)
  }
  const set = (path: string, fields: Partial<ChosenPhoto>) =>
    update((current) => current.map((photo) => (photo.path === path ? { ...photo, ...fields } : photo)))

  const cancelsRef = useRef(new Map<string, AbortController>())
  const send = async (path: string) => {
    const cancel = new AbortController()
    cancelsRef.current.set(path, cancel)
    set(path, { state: 'uploading' })
    try {
      set(path, { state: 'uploaded', id: await uploadPhoto(path, cancel.signal) })
    } catch (error) {
      if (cancel.signal.aborted) return
      set(path, { state: 'failed' })
      showToast(messageOf(error))
    }
  }
  const add = async () => {
    try {
      const known = new Set(photosRef.current.map(({ path }) => path))
      const paths = (await choosePhotos(max - known.size)).filter((path) => !known.has(path))
      const chosen = paths.slice(0, max - known.size)
      update((current) => [
        ...current,
        ...chosen.map((path): ChosenPhoto => ({ path, state: 'uploading', id: null })),
      ])
      // One after the other: a phone's connection is narrow.
      for (const path of chosen) if (photosRef.current.some((photo) => photo.path === path)) await send(path)
    } catch (error) {
      showToast(messageOf(error))
    }
  }
  return {
    photos,
    add,
    retry: send,
    /** Takes a picture out again; one that is being sent is sent no further. */
    remove(path: string) {
      update((current) => current.filter((photo) => photo.path !== path))
      cancelsRef.current.get(path)?.abort()
    },
  }
}
